import "server-only";

const OTHER_DIGESTS: ReadonlySet<unknown> = new Set([
  "BAILOUT_TO_CLIENT_SIDE_RENDERING",
  "DYNAMIC_SERVER_USAGE",
  "HANGING_PROMISE_REJECTION",
]);

/**
 * Whether a thrown value is one of Next's own signals (`redirect()`, `notFound()`,
 * use of the request while prerendering), which must reach Next untouched. Next's
 * `unstable_rethrow` does the same, but cannot be imported outside its bundler,
 * where benchmarks and tests run the pipeline.
 */
export function isFrameworkSignal(error: unknown): boolean {
  if (typeof error !== "object" || error === null || !("digest" in error)) return false;
  const { digest } = error;
  return (typeof digest === "string" && digest.startsWith("NEXT_")) || OTHER_DIGESTS.has(digest);
}
