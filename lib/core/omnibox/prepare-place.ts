import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { foldText } from "#lib/core/omnibox/match-text.ts";

interface Place {
  readonly url: string;
  readonly title: string;
}

/** What matching needs of a place, worked out once. */
export interface PreparedPlace {
  /** As people read it. */
  address: string;
  foldedTitle: string;
  foldedAddress: string;
  /** Null when the URL is not of the web. */
  web: { origin: string; host: string; path: string } | null;
}

const prepared = new WeakMap<Place, PreparedPlace>();

/** Thousands of places are looked through at each key press: each is taken apart only once, as long as its object lives. */
export function preparePlace(place: Place): PreparedPlace {
  const known = prepared.get(place);
  if (known) return known;
  const url = URL.parse(place.url);
  const address = shortAddress(place.url);
  const result = {
    address,
    foldedTitle: foldText(place.title),
    foldedAddress: foldText(address),
    web:
      url && /^https?:$/.test(url.protocol)
        ? { origin: url.origin, host: url.host, path: url.pathname + url.search }
        : null,
  };
  prepared.set(place, result);
  return result;
}
