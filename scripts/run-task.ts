/** Runs a command of one purpose: what goes wrong is said in a sentence, without a stack, and the exit code tells. */
export async function runTask(task: () => Promise<unknown>): Promise<void> {
  try {
    const message = await task();
    if (typeof message === "string") console.log(`qui: ${message}`);
  } catch (error) {
    console.error(`qui: ${error instanceof Error ? error.message : String(error)}`);
    process.exitCode = 1;
  }
}
