/** Whether what is installed is what the lock file asks for. */
export function isInstalled(root: string): boolean;
/** @returns whether `npm ci` succeeded. */
export function installDependencies(root: string): Promise<boolean>;
