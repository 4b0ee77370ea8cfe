/** A rule as matching needs it; the stored one has an id and dates besides. */
export interface AccessRuleLine {
  kind: "PATH_PATTERN" | "CLIENT";
  pattern: string;
  action: "BLOCK" | "ALLOW";
  expiresAt: Date | null;
}

export interface AccessRuleSet {
  /** By client key. */
  clients: ReadonlyMap<string, Matchable<boolean>>;
  paths: readonly { pattern: RegExp; allow: boolean; expiresAtMs: number }[];
}

interface Matchable<T> {
  allow: T;
  expiresAtMs: number;
}

export interface AccessVerdict {
  client: "allow" | "block" | null;
  path: "allow" | "block" | null;
}

const PATH_LENGTH_MAX = 2048;
/** More wildcards than this would let a pattern cost more than it tells. */
export const WILDCARDS_MAX = 6;

export function compileAccessRules(lines: readonly AccessRuleLine[]): AccessRuleSet {
  const clients = new Map<string, Matchable<boolean>>();
  const paths: { pattern: RegExp; allow: boolean; expiresAtMs: number }[] = [];
  for (const line of lines) {
    const rule = {
      allow: line.action === "ALLOW",
      expiresAtMs: line.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    };
    if (line.kind === "CLIENT") clients.set(line.pattern, rule);
    else paths.push({ ...rule, pattern: compileGlob(line.pattern) });
  }
  return { clients, paths };
}

/** ALLOW wins over BLOCK among paths, whatever their order. Expired rules say nothing. */
export function judge(
  rules: AccessRuleSet,
  request: { clientKey: string; path: string; nowMs: number },
): AccessVerdict {
  const rule = rules.clients.get(request.clientKey);
  const client = rule && rule.expiresAtMs > request.nowMs ? (rule.allow ? "allow" : "block") : null;
  let path: AccessVerdict["path"] = null;
  const text = request.path.slice(0, PATH_LENGTH_MAX);
  for (const candidate of rules.paths) {
    if (candidate.expiresAtMs <= request.nowMs || !candidate.pattern.test(text)) continue;
    path = candidate.allow ? "allow" : "block";
    if (candidate.allow) break;
  }
  return { client, path };
}

/** A glob over a whole path, without regard to case: `*` within a segment, `**` across segments. */
export function compileGlob(glob: string): RegExp {
  const source = glob
    .split(/(\*+)/)
    .map((part) =>
      part === "" ? "" : part.startsWith("**") ? ".*" : part === "*" ? "[^/]*" : escapeLiteral(part),
    )
    .join("");
  return new RegExp(`^${source}$`, "i");
}

function escapeLiteral(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
}
