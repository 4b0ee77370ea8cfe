const WITHIN = 0;
const ACROSS = 1;

/** Single characters, and the two wildcards. */
type Token = string | typeof WITHIN | typeof ACROSS;

export type Glob = readonly Token[];

/** A glob over a whole path, without regard to case: `*` within a segment, `**` across segments. */
export function compileGlob(glob: string): Glob {
  const parts = glob.toLowerCase().split(/(\*+)/);
  return parts.flatMap((part): Token[] => {
    if (!part.startsWith("*")) return part.split("");
    return [part.length > 1 ? ACROSS : WITHIN];
  });
}

/**
 * Whether the lower-case `path` matches. Backtracks to the last wildcard of each kind
 * only, so the time is bounded by the product of the lengths, which a regular
 * expression of several wildcards would not promise against a path made for it.
 */
export function matchesGlob(glob: Glob, path: string): boolean {
  let at = 0;
  let token = 0;
  let within = { token: -1, at: 0 };
  let across = { token: -1, at: 0 };
  while (at < path.length) {
    const expected = glob[token];
    if (expected === ACROSS) {
      across = { token, at };
      within = { token: -1, at: 0 };
      token += 1;
    } else if (expected === WITHIN) {
      within = { token, at };
      token += 1;
    } else if (expected === path[at]) {
      at += 1;
      token += 1;
    } else if (within.token >= 0 && path[within.at] !== "/") {
      within.at += 1;
      at = within.at;
      token = within.token + 1;
    } else if (across.token >= 0) {
      across.at += 1;
      at = across.at;
      token = across.token + 1;
      within = { token: -1, at: 0 };
    } else {
      return false;
    }
  }
  while (typeof glob[token] === "number") token += 1;
  return token === glob.length;
}
