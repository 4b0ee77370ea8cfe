"use client";

import { VideoOff } from "lucide-react";
import { useDocument } from "#components/document/document-context.ts";
import { RunList } from "#components/document/run-list.tsx";
import { hostOf } from "#lib/core/reading/link-target.ts";
import type { VideoBlock } from "#lib/protocol/document.ts";

/** Sound and film load only when played, by way of our own origin. */
export function VideoView({ block }: { block: VideoBlock }) {
  const { media } = useDocument();
  const entry = media.get(block.media);
  const poster = block.poster ? media.get(block.poster)?.src : undefined;
  const label = block.title || (entry ? `Media from ${hostOf(entry.url)}` : "Media");
  return (
    <figure data-block-id={block.id}>
      {!entry && (
        <div className="qui-picture-note">
          <VideoOff aria-hidden="true" size={20} />
          <p className="qui-note">This recording is missing.</p>
        </div>
      )}
      {entry?.kind === "audio" && (
        // biome-ignore lint/a11y/useMediaCaption: captions are in the site's hands; none reach the document.
        <audio controls preload="none" src={entry.src} aria-label={label} />
      )}
      {entry && entry.kind !== "audio" && (
        // biome-ignore lint/a11y/useMediaCaption: captions are in the site's hands; none reach the document.
        <video
          controls
          preload="none"
          playsInline
          src={entry.src}
          poster={poster}
          width={entry.width ?? undefined}
          height={entry.height ?? undefined}
          aria-label={label}
        />
      )}
      {(block.title || block.caption.length > 0) && (
        <figcaption>
          {block.title && <span data-text="0">{block.title}</span>}
          {block.caption.length > 0 && (
            <span className="qui-caption" data-text={block.title ? block.title.length + 1 : 0}>
              <RunList runs={block.caption} />
            </span>
          )}
        </figcaption>
      )}
    </figure>
  );
}
