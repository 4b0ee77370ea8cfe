"use client";

import { ExternalLink } from "lucide-react";
import { DocumentLink } from "#components/document/run-list.tsx";
import { hostOf } from "#lib/core/reading/link-target.ts";
import type { EmbedBlock } from "#lib/protocol/document.ts";

/** Something that plays elsewhere: a link to it, never a frame of it. */
export function EmbedView({ block }: { block: EmbedBlock }) {
  const host = hostOf(block.url);
  return (
    <div className="qui-embed" data-block-id={block.id}>
      <DocumentLink href={block.url}>
        <ExternalLink aria-hidden="true" size={18} />
        <span className="qui-embed-text">
          <span className="qui-embed-title" data-text={block.title ? 0 : undefined}>
            {block.title || "Embedded content"}
          </span>
          <span className="qui-embed-host">{host}</span>
        </span>
      </DocumentLink>
    </div>
  );
}
