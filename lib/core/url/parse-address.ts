import { isTopLevelDomain } from "#lib/core/url/top-level-domains.ts";

/** `url` is always http or https. `unsupported` is an address of another scheme: never opened, never sent to a search provider. */
export type Address =
  | { kind: "url"; url: string }
  | { kind: "search"; query: string }
  | { kind: "unsupported"; scheme: string };

/** Zero-width and direction-changing characters: invisible in an address, and used to disguise one. */
const INVISIBLE = /[\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;
/** Names that never have an entry in the public DNS but are addresses all the same (RFC 6761, RFC 6762, RFC 8375, RFC 9476). */
const PRIVATE_SUFFIXES = new Set([
  "localhost",
  "local",
  "internal",
  "test",
  "example",
  "lan",
  "alt",
  "onion",
]);
const OTHER_SCHEMES = new Set(
  "about blob data file filesystem ftp javascript mailto sms tel vbscript view-source".split(" "),
);
/** What is left of "http" when a character is lost or doubled in copying. */
const DAMAGED_SCHEME = /^(?:hh?t?tp|ht{3,}p|ttp|htp|tp)(s?):\/{1,2}(?=[^/])|^http(s?)\/\/(?=[^/])/i;

/**
 * Decides what text in the address bar means, as the big browsers do: an
 * address when it has a scheme, a known suffix, an IP address, `localhost` or a
 * port; otherwise a search. A public name without a scheme gets https; IP
 * addresses, local names and ports other than 443 and 8443 get http. A leading
 * `?` always searches. Pure, and bounded by the length of the text.
 */
export function parseAddress(text: string): Address {
  const typed = joinLines(text.replace(INVISIBLE, "").trim());
  if (typed.startsWith("?")) return search(typed.slice(1));
  const unquoted = /^<(\S+)>$/.exec(typed)?.[1] ?? typed;
  return parseOneLine(unquoted) ?? search(typed);
}

function search(query: string): Address {
  return { kind: "search", query: query.replace(/\s+/g, " ").trim() };
}

/** A long address pasted from a mail is broken over lines; a paragraph is not an address. */
function joinLines(text: string): string {
  if (!/[\r\n]/.test(text)) return text;
  const lines = text.split(/[\r\n]+/).map((line) => line.trim());
  const first = lines[0] ?? "";
  const isAddress = parseOneLine(first)?.kind === "url" && lines.every((line) => !/\s/.test(line));
  return lines.join(isAddress ? "" : " ");
}

function parseOneLine(text: string): Address | null {
  const repaired = text.replace(DAMAGED_SCHEME, (_, a?: string, b?: string) => `http${a ?? b ?? ""}://`);
  if (/^https?:/i.test(repaired)) return toUrl(repaired);
  if (repaired.startsWith("//")) return parseOneLine(repaired.slice(2));

  const scheme = /^([a-z][a-z0-9+.-]*):(?=\S)/i.exec(repaired)?.[1]?.toLowerCase();
  if (scheme && (OTHER_SCHEMES.has(scheme) || repaired.startsWith("//", scheme.length + 1))) {
    return { kind: "unsupported", scheme };
  }
  return parseBareHost(repaired);
}

/** `host`, `host:port`, with or without a path; spaces are welcome only after the first slash, question mark or hash. */
function parseBareHost(text: string): Address | null {
  const match =
    /^((?:[^\s/\\?#@]+@)?)(\[[0-9a-f:.]+\]|[^\s/\\?#@:[\]]+)(:\d{1,5})?(?:([/\\?#])(?!\s)(.*))?$/is.exec(
      text,
    );
  if (!match) return null;
  const [, userInfo = "", host = "", port, separator, rest = ""] = match;
  // `name@host` is a mail address; `name:password@host` is refused later, with its own sentence, rather than searched for.
  if (userInfo && !userInfo.includes(":")) return null;
  if (port && (Number(port.slice(1)) === 0 || Number(port.slice(1)) > 65535)) return null;

  const place = classifyHost(host);
  const isExplicit = port !== undefined || ((separator === "/" || separator === "\\") && rest === "");
  if (place === "unknown" && !(isExplicit && isNameLike(host))) return null;
  const secure = place === "public" && (!port || port === ":443" || port === ":8443");
  return toUrl(`${secure ? "https" : "http"}://${text}`);
}

function classifyHost(host: string): "public" | "local" | "unknown" {
  if (host.startsWith("[")) return "local";
  let ascii: string;
  try {
    ascii = new URL(`http://${host}`).hostname;
  } catch {
    return "unknown"; // Not a host the URL standard allows.
  }
  const labels = ascii.replace(/\.$/, "").split(".");
  if (/^\d+(\.\d+){3}$/.test(ascii)) return /^\d+(\.\d+){3}$/.test(host) ? "local" : "unknown";
  if (labels.some((label) => !/^[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9_])?$/.test(label))) return "unknown";
  const last = labels.at(-1) ?? "";
  if (last === "localhost") return "local";
  if (labels.length < 2) return "unknown";
  if (PRIVATE_SUFFIXES.has(last) || ascii.endsWith(".home.arpa")) return "local";
  return isTopLevelDomain(last) ? "public" : "unknown";
}

/** A name with at least one letter, so that `12:30` and `3/` stay searches. */
function isNameLike(host: string): boolean {
  return /\p{L}/u.test(host) && !/[^\p{L}\p{M}\p{N}._-]/u.test(host) && !/^\.|\.\./.test(host);
}

function toUrl(text: string): Address | null {
  try {
    const url = new URL(text);
    return url.hostname === "" ? null : { kind: "url", url: url.href };
  } catch {
    return null; // Has a scheme, but no host the URL standard allows: searched for instead.
  }
}
