/** `scanner`: a path only vulnerability scanners ask for; `traversal`: leaves its folder; `odd`: a method or target form no browser sends. */
export type ProbeKind = "scanner" | "traversal" | "odd";

const KNOWN_METHODS: ReadonlySet<string> = new Set([
  "GET",
  "HEAD",
  "POST",
  "PUT",
  "PATCH",
  "DELETE",
  "OPTIONS",
]);

/**
 * Paths that Qui does not have and never will. Compared in lower case, at the
 * start of a path segment. Deliberately narrow: ordinary mistyped addresses are no offence.
 */
const SCANNER_PATHS: readonly RegExp[] = [
  // Dot files, except RFC 8615's folder.
  /\/\.(?!well-known(?:\/|$))[a-z_]/,
  /\.(?:php\d?|phtml|aspx?|ashx|asmx|jspx?|jsf|cfm|cgi|action)(?:[/;]|$)/,
  /\.(?:sql|bak|old|swp|pem|key|p12|pfx|kdbx)(?:\.(?:gz|zip))?$/,
  /\/(?:wp-(?:admin|content|includes|json|login)|wordpress|xmlrpc|phpmyadmin|pma|adminer|cgi-bin)(?:\/|$)/,
  /\/(?:actuator|jolokia|hnap1|boaform|goform|owa|ecp|autodiscover|server-status|_ignition|telescope)(?:\/|$)/,
  /\/vendor\/phpunit(?:\/|$)/,
  /\/(?:id_rsa|id_ed25519|authorized_keys|web\.config|etc\/passwd|win\.ini)$/,
];

const PATH_LENGTH_MAX = 2048;
const DECODE_DEPTH_MAX = 3;

/**
 * What kind of probe a request line is, or null for an ordinary one. Expects the
 * target exactly as it was sent. Only the path counts: a page's own address in the
 * query may look like anything.
 */
export function classifyTarget(method: string, target: string): ProbeKind | null {
  if (!KNOWN_METHODS.has(method)) return "odd";
  if (target.charCodeAt(0) !== 47 /* / */) return target === "*" && method === "OPTIONS" ? null : "odd";
  const query = target.indexOf("?");
  let path = (query < 0 ? target : target.slice(0, query)).slice(0, PATH_LENGTH_MAX);
  if (path.includes("%")) path = decodeDeeply(path);
  if (/(?:^|[\\/])\.\.(?:[\\/;]|$)|[\0\\]/.test(path)) return "traversal";
  const lowered = path.toLowerCase();
  return SCANNER_PATHS.some((pattern) => pattern.test(lowered)) ? "scanner" : null;
}

/** Undoes percent-encoding, nested up to three times, byte by byte, and the overlong spellings of `.`, `/` and `\`. */
function decodeDeeply(path: string): string {
  let decoded = path;
  for (let depth = 0; depth < DECODE_DEPTH_MAX && decoded.includes("%"); depth++) {
    decoded = decoded
      .replace(/%(?:c0%ae|e0%80%ae)/gi, ".")
      .replace(/%(?:c0%af|e0%80%af)/gi, "/")
      .replace(/%c1%9c/gi, "\\")
      .replace(/%([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
  }
  return decoded;
}
