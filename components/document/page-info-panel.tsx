"use client";

import "./styles/panels.css";

import type { ReactNode } from "react";
import { DateTime } from "#components/document/date-time.tsx";
import { LeaveLink } from "#components/document/page-notices.tsx";
import { displayUrl, spaceHref } from "#lib/core/reading/link-target.ts";
import { formatReadingTime, readingMinutes } from "#lib/core/reading/reading-time.ts";
import type { CacheState, Page, PageLink } from "#lib/protocol/pages.ts";

const CACHE_WORDS = {
  miss: "Fetched from the site just now",
  hit: "From Qui’s cache, still fresh",
  revalidated: "From Qui’s cache, the site says it is unchanged",
  stale: "From Qui’s cache, because the site did not answer",
} as const satisfies Record<CacheState, string>;

export interface PageInfoPanelProps {
  page: Page;
  /** Opens one of the page's links; without it they open as plain links to Qui. */
  onOpenLink?: (href: string) => void;
}

/** Where a page is from and what it is made of. */
export function PageInfoPanel({ page, onOpenLink }: PageInfoPanelProps) {
  const { document, links } = page;
  const { source, lang, wordCount } = document;
  const minutes = readingMinutes(wordCount, lang);
  const outward = links.filter(({ internal }) => !internal);
  return (
    <div className="qui-panel">
      <h3>Details</h3>
      <dl className="qui-facts">
        <Fact name="Address">
          <LeaveLink href={source.finalUrl}>{displayUrl(source.finalUrl)}</LeaveLink>
        </Fact>
        {source.canonicalUrl && source.canonicalUrl !== source.finalUrl && (
          <Fact name="Canonical">{displayUrl(source.canonicalUrl)}</Fact>
        )}
        {document.siteName && <Fact name="Site">{document.siteName}</Fact>}
        {document.byline && <Fact name="By">{document.byline}</Fact>}
        {document.publishedAt && (
          <Fact name="Published">
            <DateTime iso={document.publishedAt} />
          </Fact>
        )}
        <Fact name="Fetched">
          <DateTime iso={source.fetchedAt} hasTime />
        </Fact>
        <Fact name="Copy">{CACHE_WORDS[page.cache]}</Fact>
        <Fact name="Length">
          {wordCount === 1 ? "1 word" : `${wordCount.toLocaleString()} words`}
          {formatReadingTime(minutes) && `, ${formatReadingTime(minutes)}`}
        </Fact>
        <Fact name="Language">{lang ? languageName(lang) : "Not stated"}</Fact>
        <Fact name="Pictures">
          {page.media.filter(({ kind }) => kind === "image").length.toLocaleString()}
        </Fact>
      </dl>
      <LinkList title="Links to other sites" links={outward} onOpenLink={onOpenLink} />
      <LinkList
        title="Links within the site"
        links={links.filter(({ internal }) => internal)}
        onOpenLink={onOpenLink}
      />
    </div>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>
        <bdi>{children}</bdi>
      </dd>
    </div>
  );
}

function LinkList({
  title,
  links,
  onOpenLink,
}: {
  title: string;
  links: readonly PageLink[];
  onOpenLink: ((href: string) => void) | undefined;
}) {
  if (links.length === 0) return null;
  return (
    <details className="qui-links">
      <summary>
        {title} <span>{links.length.toLocaleString()}</span>
      </summary>
      <ul>
        {links.map(({ href, text }) => (
          <li key={href}>
            <a
              href={spaceHref(href)}
              onClick={(event) => {
                if (!onOpenLink || event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onOpenLink(href);
              }}
            >
              {text.trim() || displayUrl(href)}
            </a>
            <span>{displayUrl(href)}</span>
          </li>
        ))}
      </ul>
    </details>
  );
}

function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames(undefined, { type: "language" }).of(tag) ?? tag;
  } catch {
    // Not a language tag: shown as the site wrote it.
    return tag;
  }
}
