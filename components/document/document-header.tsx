"use client";

import { DateTime } from "#components/document/date-time.tsx";
import { DocumentLink } from "#components/document/run-list.tsx";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { findTitleBlock, TITLE_ID } from "#lib/core/reading/block-index.ts";
import { hostOf } from "#lib/core/reading/link-target.ts";
import { pageUrl } from "#lib/core/reading/quote-source.ts";
import { formatReadingTime, readingMinutes } from "#lib/core/reading/reading-time.ts";
import type { DocumentKind } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Kinds one reads from top to bottom: only there does a reading time mean something. */
const READ_THROUGH: ReadonlySet<DocumentKind> = new Set([
  "article",
  "documentation",
  "text",
  "markdown",
  "pdf",
]);

export function DocumentHeader({ page, titleId }: { page: Page; titleId: string }) {
  const { document, icon } = page;
  const host = hostOf(document.source.finalUrl);
  const minutes = readingMinutes(document.wordCount, document.lang);
  const time = READ_THROUGH.has(document.kind) ? formatReadingTime(minutes) : null;
  const site = URL.parse(document.source.finalUrl)?.origin;
  return (
    <header className="qui-header" data-chunk="header">
      {host && document.kind !== "search" && (
        <p className="qui-site">
          <DocumentLink href={`${site}/`}>
            {icon && <SiteIcon icon={icon} url={host} />}
            <bdi>{document.siteName ?? host}</bdi>
          </DocumentLink>
        </p>
      )}
      <h1 id={titleId} data-block-id={findTitleBlock(document)?.id ?? TITLE_ID} data-text="0" dir="auto">
        {document.title || host || "Untitled"}
      </h1>
      {(document.byline || document.publishedAt || time) && (
        <p className="qui-meta">
          {document.byline && <bdi>{document.byline}</bdi>}
          {document.publishedAt && (
            <bdi>
              <DateTime iso={document.publishedAt} />
            </bdi>
          )}
          {time && <bdi lang="en">{time} to read</bdi>}
        </p>
      )}
      <p className="qui-printed-source" data-chrome="" dir="ltr">
        {pageUrl(document)}
      </p>
    </header>
  );
}
