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
 * Browsers name the initiator in `Sec-Fetch-Site` and, for anything but GET and
 * HEAD, in `Origin`; both are out of a page's reach, so a forged form or fetch of
 * another site is told apart without tokens. `same-site` is refused too: a
 * neighbouring subdomain is not us. A request with neither header does not come
 * from a browser and carries nobody's cookies unasked.
 */
export function isSameOrigin({ method, origin, fetchSite, host }: OriginEvidence): boolean {
  if (SAFE_METHODS.has(method)) return true;
  if (origin !== null) {
    if (host === null || !URL.canParse(origin)) return false;
    return new URL(origin).host === host.toLowerCase() && (fetchSite === null || fetchSite === "same-origin");
  }
  // `none` is a person's own doing: a bookmark, or a typed address.
  return fetchSite === null || fetchSite === "same-origin" || fetchSite === "none";
}
