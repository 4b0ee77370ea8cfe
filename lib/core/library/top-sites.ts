import { siteOf } from "#lib/core/library/site-settings.ts";
import type { VisitedAddress } from "#lib/core/library/visit.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";
import { frecency } from "#lib/core/omnibox/frecency.ts";

export interface TopSite {
  /** The page of the site that is wanted most. */
  url: string;
  /** As people read it. */
  host: string;
  title: string;
  icon: string | null;
}

/**
 * The sites most likely wanted next, best first: a site is worth the sum of its
 * pages, and is entered by the page worth most.
 */
export function topSites(addresses: readonly VisitedAddress[], now: number, limit: number): TopSite[] {
  const sites = new Map<string, { score: number; best: number; site: TopSite }>();
  for (const address of addresses) {
    const host = siteOf(address.url);
    if (host === null) continue;
    const worth = frecency(address, now);
    const known = sites.get(host);
    const { url, title } = address;
    const site = {
      url,
      title,
      host: describeAddress(url).main,
      icon: address.icon ?? known?.site.icon ?? null,
    };
    if (!known) sites.set(host, { score: worth, best: worth, site });
    else {
      known.score += worth;
      if (worth > known.best) Object.assign(known, { best: worth, site });
    }
  }
  return [...sites.values()]
    .sort((a, b) => b.score - a.score)
    .slice(0, limit)
    .map(({ site }) => site);
}
