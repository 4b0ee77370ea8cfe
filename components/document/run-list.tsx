"use client";

import type { ReactNode } from "react";
import { isWebUrl, spaceHref } from "#lib/core/reading/link-target.ts";
import { splitLongText } from "#lib/core/reading/split-long-text.ts";
import type { Mark, Run } from "#lib/protocol/document.ts";

const TAGS = {
  bold: "strong",
  italic: "em",
  code: "code",
  strike: "s",
  sub: "sub",
  sup: "sup",
  mark: "mark",
} as const satisfies Record<Mark, string>;

/** Text longer than this is laid out in pieces. */
const PIECE_MAX = 16_000;

/** Inline text. Neighbouring runs with one address become one link. */
export function RunList({ runs }: { runs: readonly Run[] }): ReactNode {
  return groupByHref(runs).map((group, index) => {
    // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place.
    const content = group.map((run, place) => <MarkedText key={place} run={run} />);
    const href = group[0]?.href;
    return href ? (
      // biome-ignore lint/suspicious/noArrayIndexKey: runs have no identity but their place.
      <DocumentLink key={index} href={href}>
        {content}
      </DocumentLink>
    ) : (
      content
    );
  });
}

/**
 * A link of the page. Its `href` leads to the page inside Qui; `data-href` is the
 * real address, which the document's handlers open, show and copy.
 */
export function DocumentLink({
  href,
  className,
  children,
}: {
  href: string;
  className?: string;
  children: ReactNode;
}) {
  if (isWebUrl(href)) {
    return (
      <a href={spaceHref(href)} data-href={href} rel="external noreferrer" className={className}>
        {children}
      </a>
    );
  }
  // The model allows nothing else; whatever comes in spite of it is text and no link.
  if (!/^(#|mailto:|tel:)/i.test(href)) return children;
  return (
    <a href={href} data-href={href} rel="noreferrer" className={className}>
      {children}
    </a>
  );
}

function MarkedText({ run }: { run: Run }): ReactNode {
  let content: ReactNode = run.text;
  if (run.text.length > PIECE_MAX) {
    content = splitLongText(run.text, PIECE_MAX).map((piece, index) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
      <span key={index} className="qui-piece">
        {piece}
      </span>
    ));
  }
  for (const mark of run.marks ?? []) {
    const Tag = TAGS[mark];
    content = <Tag>{content}</Tag>;
  }
  return content;
}

function groupByHref(runs: readonly Run[]): Run[][] {
  const groups: Run[][] = [];
  for (const run of runs) {
    const last = groups.at(-1);
    if (last && last[0]?.href === run.href) last.push(run);
    else groups.push([run]);
  }
  return groups;
}
