export interface OriginEvidence {
  method: string;
  /** `Origin` as it arrived. */
  origin: string | null;
  /** `Sec-Fetch-Site` as it arrived. */
  fetchSite: string | null;
  /** The host the client addressed: `Host`, or what a trusted proxy says it was. */
  host: string | null;
}

const SAFE_METHODS: ReadonlySet<string> = new Set(["GET", "HEAD", "OPTIONS"]);

/**
 * Whether a request may change state on behalf of the browser that sends it.
 * Browsers name the initiator in `Sec-Fetch-Site` over https and on localhost, and
 * for anything but GET and HEAD in `Origin`; both are out of a page's reach, so a
 * forged form or fetch of another site is told apart without tokens. The first
 * decides where it is there, as it does not depend on how proxies spell our host.
 * `same-site` is refused: a neighbouring subdomain is not us. `none` is a person's
 * own doing. A request with neither header does not come from a browser and carries
 * nobody's cookies unasked.
 */
export function isSameOrigin({ method, origin, fetchSite, host }: OriginEvidence): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (fetchSite !== null) return fetchSite === "same-origin" || fetchSite === "none";
  if (origin === null) return true;
  return host !== null && URL.canParse(origin) && new URL(origin).host === host.toLowerCase();
}
