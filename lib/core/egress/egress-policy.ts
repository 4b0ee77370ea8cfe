/** What page traffic may reach beyond public unicast addresses on the usual ports. */
export interface EgressPolicy {
  readonly ports: ReadonlySet<number>;
  /** Canonical `host:port` pairs that may be private: `localhost:3001`, `10.0.0.5:8080`, `[::1]:80`. */
  readonly allow: ReadonlySet<string>;
}

/**
 * Checks and canonicalises the two lists of the environment.
 * @throws Error naming the entry that is wrong, so that a bad setting stops the start.
 */
export function createEgressPolicy(source: {
  ports: readonly string[];
  allow: readonly string[];
}): EgressPolicy {
  return {
    ports: new Set(source.ports.map(parsePort)),
    allow: new Set(source.allow.map(canonicalPair)),
  };
}

/** `host` as `decideUrl` answers it: lower case, no trailing dot, IPv6 without brackets. */
export function isAllowedPair(target: { host: string; port: number }, policy: EgressPolicy): boolean {
  return policy.allow.size > 0 && policy.allow.has(pairOf(target.host, target.port));
}

function pairOf(host: string, port: number): string {
  return host.includes(":") ? `[${host}]:${port}` : `${host}:${port}`;
}

function parsePort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : 0;
  if (port < 1 || port > 65_535) throw new Error(`QUI_EGRESS_PORTS: "${text}" is not a port.`);
  return port;
}

function canonicalPair(text: string): string {
  const match = /^(?<host>[^\s/@?#]+):(?<port>\d{1,5})$/.exec(text);
  const port = Number(match?.groups?.port);
  const url = match && port > 0 && port <= 65_535 ? URL.parse(`http://${match.groups?.host}/`) : null;
  if (url?.port !== "" || url.hostname.includes("*")) {
    throw new Error(`QUI_EGRESS_ALLOW: "${text}" is not a host:port pair.`);
  }
  return pairOf(url.hostname.replace(/^\[(.*)\]$/, "$1").replace(/\.$/, ""), port);
}
