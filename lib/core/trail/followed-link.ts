import { type Session, withSpace } from "#lib/core/space/session.ts";
import type { Page } from "#lib/protocol/pages.ts";

/**
 * Whether an address that is opened from a page was one of the page's own links. What
 * is typed, or chosen in a list of the library, starts a thread of its own.
 */
export function isLinkOfPage(page: Page, url: string): boolean {
  const wanted = pageKey(url);
  // A place within the same page leads nowhere else.
  if (wanted === pageKey(page.document.source.finalUrl) || wanted === pageKey(page.document.source.url))
    return false;
  return page.links.some(({ href }) => pageKey(href) === wanted);
}

/** What makes two addresses the same page: all but the place within it. */
export function pageKey(url: string): string {
  const hash = url.indexOf("#");
  return hash < 0 ? url : url.slice(0, hash);
}

/** Where a link led in the end, once its page has said so: its address after redirects, and its title. */
export function settleTrailLink(session: Session, id: string, to: { url: string; title: string }): Session {
  const { trail } = session.space;
  const link = trail.find((other) => other.id === id);
  const title = to.title.slice(0, 1024);
  if (!link || to.url === "" || (link.to.url === to.url && link.to.title === title)) return session;
  const settled = { ...link, to: { ...link.to, url: to.url.slice(0, 8192), title } };
  return withSpace(session, { trail: trail.map((other) => (other.id === id ? settled : other)) });
}
