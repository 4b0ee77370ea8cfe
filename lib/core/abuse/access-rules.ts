import { compileGlob, type Glob, matchesGlob } from "#lib/core/abuse/glob.ts";
import { canonicalAddress, clientKey } from "#lib/core/http/client-address.ts";

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
  paths: readonly { glob: Glob; allow: boolean; expiresAtMs: number }[];
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

export function compileAccessRules(lines: readonly AccessRuleLine[]): AccessRuleSet {
  const clients = new Map<string, Matchable<boolean>>();
  const paths: { glob: Glob; allow: boolean; expiresAtMs: number }[] = [];
  for (const line of lines) {
    const rule = {
      allow: line.action === "ALLOW",
      expiresAtMs: line.expiresAt?.getTime() ?? Number.POSITIVE_INFINITY,
    };
    if (line.kind === "CLIENT") clients.set(line.pattern, rule);
    else paths.push({ ...rule, glob: compileGlob(line.pattern) });
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
  const text = request.path.slice(0, PATH_LENGTH_MAX).toLowerCase();
  for (const candidate of rules.paths) {
    if (candidate.expiresAtMs <= request.nowMs || !matchesGlob(candidate.glob, text)) continue;
    path = candidate.allow ? "allow" : "block";
    if (candidate.allow) break;
  }
  return { client, path };
}

/**
 * A rule's pattern as it is stored and compared, or why it cannot be one: an address
 * becomes its client key, a path must be absolute.
 */
export function normalizePattern(
  kind: AccessRuleLine["kind"],
  pattern: string,
): { ok: true; pattern: string } | { ok: false; problem: string } {
  if (kind === "CLIENT") {
    const address = canonicalAddress(pattern.replace(/\/64$/, ""));
    return address
      ? { ok: true, pattern: clientKey(address) }
      : { ok: false, problem: "pattern: expected an IPv4 address, an IPv6 address or an IPv6 /64" };
  }
  return pattern.startsWith("/")
    ? { ok: true, pattern }
    : { ok: false, problem: "pattern: expected a path that starts with /" };
}
