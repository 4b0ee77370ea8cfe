/**
 * Runs tasks side by side. When one fails, or `stop` aborts, the others are told by their signal, and all are waited
 * for: nothing goes on behind the back of whoever cleans up next.
 * @throws what the first to fail threw.
 */
export async function settleTogether<const Tasks extends readonly Promise<unknown>[]>(
  stop: AbortSignal,
  start: (signal: AbortSignal) => Tasks,
): Promise<{ -readonly [Key in keyof Tasks]: Awaited<Tasks[Key]> }> {
  const controller = new AbortController();
  const signal = AbortSignal.any([stop, controller.signal]);
  const tasks = start(signal);
  for (const task of tasks) task.catch((error: unknown) => controller.abort(error));
  await Promise.allSettled(tasks);
  signal.throwIfAborted();
  return (await Promise.all(tasks)) as { -readonly [Key in keyof Tasks]: Awaited<Tasks[Key]> };
}
