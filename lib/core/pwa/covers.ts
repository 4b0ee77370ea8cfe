/**
 * Whether a version holds every script a document runs: then the document is of
 * that version, and there is nothing to reload for. Addresses are absolute.
 */
export function coversScripts(kept: ReadonlySet<string>, scripts: readonly string[]): boolean {
  return scripts.length > 0 && scripts.every((script) => kept.has(script));
}
