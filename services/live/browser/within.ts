/**
 * What `work` gives, or a rejection naming `what` once `timeoutMs` are over. The work itself goes on; what it
 * gives too late is dropped, its rejection included.
 */
export function within<T>(work: PromiseLike<T>, timeoutMs: number, what: string): Promise<T> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`${what} took longer than ${timeoutMs} ms`)), timeoutMs);
    work.then(resolve, reject).then(() => clearTimeout(timer));
  });
}
