"use client";

import { Image as ImageIcon, ImageOff, Maximize2 } from "lucide-react";
import { type ReactNode, use, useState } from "react";
import { ImagesContext, useDocument } from "#components/document/document-context.ts";
import { RunList } from "#components/document/run-list.tsx";
import { imageSources } from "#lib/core/reading/image-sources.ts";
import type { ImageBlock, Run } from "#lib/protocol/document.ts";
import type { PageMedia } from "#lib/protocol/pages.ts";

/** Below this width in pixels there is nothing to enlarge: an icon, a portrait. */
const ENLARGE_MIN = 160;

export function ImageView({ block }: { block: ImageBlock }) {
  const media = useDocument().media.get(block.media);
  const areImagesShown = use(ImagesContext);
  const [isWanted, setIsWanted] = useState(false);
  /** Counts failed tries; odd while the picture is missing. */
  const [failures, setFailures] = useState({ count: 0, isFailed: false });
  const alt = block.alt || media?.alt || "";

  if (!media) {
    return (
      <Figure block={block}>
        <ImageNote
          icon={<ImageOff aria-hidden="true" size={20} />}
          alt={alt}
          note="This picture is missing."
        />
      </Figure>
    );
  }
  if (!areImagesShown && !isWanted) {
    return (
      <Figure block={block}>
        <ImageNote icon={<ImageIcon aria-hidden="true" size={20} />} alt={alt} note="Pictures are off.">
          <button type="button" onClick={() => setIsWanted(true)}>
            Show picture
          </button>
        </ImageNote>
      </Figure>
    );
  }
  if (failures.isFailed) {
    return (
      <Figure block={block}>
        <ImageNote
          icon={<ImageOff aria-hidden="true" size={20} />}
          alt={alt}
          note="This picture did not load."
        >
          <button type="button" onClick={() => setFailures({ ...failures, isFailed: false })}>
            Try again
          </button>
        </ImageNote>
      </Figure>
    );
  }
  const sources = imageSources(media);
  const isLarge = media.width === null || media.width >= ENLARGE_MIN;
  return (
    <Figure block={block}>
      <div className="qui-picture" data-large={isLarge || undefined}>
        {/* biome-ignore lint/performance/noImgElement: sized and cached by our own media route. */}
        <img
          key={failures.count}
          {...sources}
          // Without a choice it must be absent: with `auto` a browser gives the picture a box of its own.
          sizes={sources.srcSet && "auto, (max-width: 48rem) 100vw, 46rem"}
          width={media.width ?? undefined}
          height={media.height ?? undefined}
          style={boxOf(media)}
          alt={alt}
          data-url={media.url}
          data-enlarge={isLarge ? block.id : undefined}
          loading="lazy"
          decoding="async"
          onError={() => setFailures(({ count }) => ({ count: count + 1, isFailed: true }))}
        />
        {isLarge && (
          <button type="button" data-enlarge={block.id} data-chrome="" className="qui-enlarge">
            <Maximize2 aria-hidden="true" size={16} />
            <span className="sr-only">Enlarge picture{alt && `: ${alt}`}</span>
          </button>
        )}
      </div>
    </Figure>
  );
}

/** Keeps the picture's place free before it loads, within the column and the height of the screen. */
function boxOf({ width, height }: PageMedia) {
  if (!width || !height) return undefined;
  const ratio = width / height;
  return {
    aspectRatio: `${width} / ${height}`,
    inlineSize: `min(100%, ${width}px, ${Math.round(ratio * 85 * 100) / 100}svh)`,
  };
}

function Figure({ block, children }: { block: { id: string; caption: Run[] }; children: ReactNode }) {
  return (
    <figure data-block-id={block.id}>
      {children}
      {block.caption.length > 0 && (
        <figcaption data-text="0">
          <RunList runs={block.caption} />
        </figcaption>
      )}
    </figure>
  );
}

function ImageNote({
  icon,
  alt,
  note,
  children,
}: {
  icon: ReactNode;
  alt: string;
  note: string;
  children?: ReactNode;
}) {
  return (
    <div className="qui-picture-note">
      {icon}
      <div>
        {alt && <p>{alt}</p>}
        <p className="qui-note">{note}</p>
      </div>
      {children}
    </div>
  );
}
