import { searchUrl } from "#lib/core/omnibox/describe-address.ts";
import { parseAddress } from "#lib/core/url/parse-address.ts";

/** What typed or dropped text opens: an address, `?` and the words of a search, or null when Qui opens neither. */
export function addressOfText(text: string): string | null {
  const address = parseAddress(text);
  if (address.kind === "url") return address.url;
  return address.kind === "search" && address.query !== "" ? searchUrl(address.query) : null;
}

/**
 * The address in something dropped on Qui. Links inside Qui lead to `/space?url=…`
 * on our own origin: the page they mean is in the query. Null when there is none.
 */
export function droppedAddress(data: { uriList: string; text: string }, origin: string): string | null {
  // Lines of a uri-list that begin with # are comments (RFC 2483).
  const uri = data.uriList.split(/\r?\n/).find((line) => line !== "" && !line.startsWith("#"));
  return openableAddress(uri ?? data.text, origin);
}

/** As `addressOfText`, with a link into Qui itself followed to the page it means. */
export function openableAddress(text: string, origin: string): string | null {
  const url = URL.parse(text);
  if (url?.origin === origin) {
    const inner = url.pathname === "/space" ? url.searchParams.get("url") : null;
    return inner === null ? null : addressOfText(inner);
  }
  return addressOfText(text);
}
