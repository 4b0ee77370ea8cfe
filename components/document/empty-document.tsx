"use client";

import { LeaveLink } from "#components/document/page-notices.tsx";
import { DocumentLink } from "#components/document/run-list.tsx";
import { displayUrl } from "#lib/core/reading/link-target.ts";
import type { Page } from "#lib/protocol/pages.ts";

const LINKS_MAX = 40;

/** A page without anything to read still leads somewhere: its links, and the way to the site itself. */
export function EmptyDocument({ page }: { page: Page }) {
  const { kind, source } = page.document;
  const links = page.links.filter((link) => link.text.trim()).slice(0, LINKS_MAX);
  return (
    <div className="qui-empty">
      <p>
        {kind === "search"
          ? "Nothing was found. Try fewer or other words."
          : "The reader found nothing to read on this page."}
      </p>
      {kind !== "search" && !page.needsLive && (
        <p>
          <LeaveLink href={source.finalUrl}>Open outside Qui</LeaveLink>
        </p>
      )}
      {links.length > 0 && (
        <>
          <h2>Where it leads</h2>
          <ul>
            {links.map((link) => (
              <li key={link.href}>
                <DocumentLink href={link.href}>{link.text}</DocumentLink>{" "}
                <span className="qui-note">{displayUrl(link.href)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
}
