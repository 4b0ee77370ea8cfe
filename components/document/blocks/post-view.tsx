"use client";

import type { ReactNode } from "react";
import { DateTime } from "#components/document/date-time.tsx";
import type { PostBlock } from "#lib/protocol/document.ts";

/** One voice of a thread. Its name stands above its words; languages may change from post to post. */
export function PostView({ block, children }: { block: PostBlock; children: ReactNode }) {
  const author = block.author ?? "Unknown author";
  const initial = block.author ? ([...block.author.trim()][0] ?? "?").toUpperCase() : "?";
  return (
    <article className="qui-post" data-block-id={block.id} aria-label={`Post by ${author}`} dir="auto">
      <header>
        <span className="qui-initial" aria-hidden="true">
          {initial}
        </span>
        <bdi className="qui-author">{author}</bdi>
        {block.publishedAt && <DateTime iso={block.publishedAt} />}
      </header>
      {children}
    </article>
  );
}
