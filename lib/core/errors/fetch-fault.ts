/** What browsers call a module that did not come: Chromium, Firefox and Safari each in their words. */
const NOT_FETCHED =
  /dynamically imported module|error loading dynamically|importing a module script failed|load failed/i;

/**
 * Whether code of ours could not be fetched, as without a connection, rather than having come and failed.
 * The bundler names the error of a file that did not come `ChunkLoadError`.
 */
export function isFetchFault(error: unknown): boolean {
  return error instanceof Error && (error.name === "ChunkLoadError" || NOT_FETCHED.test(error.message));
}
