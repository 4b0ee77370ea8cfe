import { isTrackingParameter } from "#lib/core/url/tracking-parameters.ts";

export interface StrippedUrl {
  url: string;
  /** How many parameters went. */
  stripped: number;
}

/**
 * Removes parameters that only carry who came from where, from the query and
 * from a fragment made of nothing else. Every other byte of the address stays
 * as it was, so a signed address stays valid. `strict` also removes the click
 * ids of affiliate networks. Idempotent; anything but http(s) is left alone.
 */
export function stripTrackingParameters(url: string, level: "standard" | "strict" = "standard"): StrippedUrl {
  const match = /^(https?:\/\/([^/?#]*)[^?#]*)(\?[^#]*)?(#.*)?$/is.exec(url);
  if (!match || (!match[3] && !match[4])) return { url, stripped: 0 };
  const [, base = "", authority = "", query = "", fragment = ""] = match;
  const host = authority.replace(/^.*@/, "").replace(/:\d*$/, "").toLowerCase();

  const kept = stripPairs(query.slice(1), host, level);
  // A fragment is content (`#section`, `#/route`) unless all of it is tracking.
  const rest = /^#[\w.-]+=/.test(fragment) ? stripPairs(fragment.slice(1), host, level) : null;
  const isFragmentTracking = rest?.text === "";
  const stripped = kept.stripped + (isFragmentTracking ? rest.stripped : 0);
  if (stripped === 0) return { url, stripped: 0 };

  const search = kept.stripped > 0 ? kept.text && `?${kept.text}` : query;
  return { url: `${base}${search}${isFragmentTracking ? "" : fragment}`, stripped };
}

function stripPairs(
  text: string,
  host: string,
  level: "standard" | "strict",
): { text: string; stripped: number } {
  if (text === "") return { text, stripped: 0 };
  const pairs = text.split("&");
  const kept = pairs.filter((pair) => !isTrackingParameter(nameOf(pair), host, level));
  return { text: kept.join("&"), stripped: pairs.length - kept.length };
}

function nameOf(pair: string): string {
  // A link inside HTML text is sometimes escaped twice.
  const raw = (pair.split("=", 1)[0] ?? "").replace(/^amp;/, "");
  if (!raw.includes("%")) return raw.toLowerCase();
  try {
    return decodeURIComponent(raw).toLowerCase();
  } catch {
    return raw.toLowerCase(); // A stray percent sign: the name is taken as written.
  }
}
