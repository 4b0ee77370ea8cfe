"use client";

import "./styles/lightbox.css";
import { ChevronLeft, ChevronRight, Download, X, ZoomIn, ZoomOut } from "lucide-react";
import { type KeyboardEvent, type PointerEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useDocument } from "#components/document/document-context.ts";
import { saveFile } from "#lib/client/reading/save-file.ts";
import { runsText } from "#lib/core/document/block-text.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { imageSources } from "#lib/core/reading/image-sources.ts";
import type { ImageBlock } from "#lib/protocol/document.ts";
import type { PageMedia } from "#lib/protocol/pages.ts";

const ZOOM_MAX = 8;
const ZOOM_STEP = 1.5;
/** Pixels an arrow key moves an enlarged picture. */
const PAN_STEP = 80;

const ARROWS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowLeft: [-1, 0],
  ArrowRight: [1, 0],
  ArrowUp: [0, -1],
  ArrowDown: [0, 1],
};

interface Sight {
  zoom: number;
  x: number;
  y: number;
}
const FITTING: Sight = { zoom: 1, x: 0, y: 0 };

/** A picture as large as the window, with its neighbours one key away. */
export function Lightbox({ blockId, onClose }: { blockId: string; onClose: () => void }) {
  const { page, media } = useDocument();
  const dialog = useRef<HTMLDialogElement>(null);
  const pictures = indexDocument(page.document).all.flatMap(({ block }) =>
    block.type === "image" && media.has(block.media) ? [block] : [],
  );
  const [currentId, setCurrentId] = useState(blockId);
  const [sight, setSight] = useState(FITTING);
  const index = pictures.findIndex(({ id }) => id === currentId);
  const picture = pictures[index];
  const entry = picture && media.get(picture.media);

  useEffect(() => {
    dialog.current?.showModal();
  }, []);
  if (!picture || !entry) return null;

  const zoomBy = (factor: number): void =>
    setSight((now) => {
      const zoom = Math.min(ZOOM_MAX, Math.max(1, now.zoom * factor));
      const kept = zoom === 1 ? 0 : zoom / now.zoom;
      return { zoom, x: now.x * kept, y: now.y * kept };
    });
  const pan = (x: number, y: number): void => setSight((now) => ({ ...now, x: now.x + x, y: now.y + y }));
  const go = (step: number): void => {
    const next = pictures[index + step];
    if (!next) return;
    setCurrentId(next.id);
    setSight(FITTING);
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    const isEnlarged = sight.zoom > 1;
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const [x, y] = ARROWS[event.key] ?? [0, 0];
    if (event.key === "+" || event.key === "=") zoomBy(ZOOM_STEP);
    else if (event.key === "-") zoomBy(1 / ZOOM_STEP);
    else if (event.key === "0") setSight(FITTING);
    else if (!(event.key in ARROWS)) return;
    else if (isEnlarged) pan(-x * PAN_STEP, -y * PAN_STEP);
    else go(x);
    event.preventDefault();
    event.stopPropagation();
  };
  const caption = runsText(picture.caption);
  const alt = picture.alt || entry.alt;
  return (
    <dialog
      ref={dialog}
      className="qui-lightbox"
      aria-label={alt || caption || "Picture"}
      onClose={onClose}
      onKeyDown={onKeyDown}
    >
      <div className="qui-lightbox-bar">
        <span role="status">
          {pictures.length > 1 && `${index + 1} of ${pictures.length}`}
          {sight.zoom > 1 && ` · ${Math.round(sight.zoom * 100)} %`}
        </span>
        <BarButton label="Zoom out" isOff={sight.zoom === 1} onClick={() => zoomBy(1 / ZOOM_STEP)}>
          <ZoomOut aria-hidden="true" size={20} />
        </BarButton>
        <BarButton label="Zoom in" isOff={sight.zoom === ZOOM_MAX} onClick={() => zoomBy(ZOOM_STEP)}>
          <ZoomIn aria-hidden="true" size={20} />
        </BarButton>
        <BarButton label="Save picture" onClick={() => saveFile(fileNameOf(entry.url), entry.src)}>
          <Download aria-hidden="true" size={20} />
        </BarButton>
        <BarButton label="Close" onClick={() => dialog.current?.close()}>
          <X aria-hidden="true" size={20} />
        </BarButton>
      </div>
      <Stage sight={sight} onPan={pan} onZoom={zoomBy} onDismiss={() => dialog.current?.close()}>
        <Picture key={picture.id} block={picture} media={entry} alt={alt} sight={sight} />
      </Stage>
      {index > 0 && (
        <BarButton label="Previous picture" className="qui-lightbox-side" onClick={() => go(-1)}>
          <ChevronLeft aria-hidden="true" size={28} />
        </BarButton>
      )}
      {index < pictures.length - 1 && (
        <BarButton label="Next picture" className="qui-lightbox-side" onClick={() => go(1)}>
          <ChevronRight aria-hidden="true" size={28} />
        </BarButton>
      )}
      {caption && <p className="qui-lightbox-caption">{caption}</p>}
    </dialog>
  );
}

function BarButton({
  label,
  isOff = false,
  className,
  onClick,
  children,
}: {
  label: string;
  isOff?: boolean;
  className?: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      className={className}
      aria-label={label}
      title={label}
      data-side={className && label.startsWith("Next") ? "next" : undefined}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function Picture({
  block,
  media,
  alt,
  sight,
}: {
  block: ImageBlock;
  media: PageMedia;
  alt: string;
  sight: Sight;
}) {
  const [hasFailed, setHasFailed] = useState(false);
  if (hasFailed) return <p className="qui-lightbox-caption">{alt || "This picture did not load."}</p>;
  return (
    // biome-ignore lint/performance/noImgElement: sized and cached by our own media route.
    <img
      {...imageSources(media)}
      // Enlarged, more pixels are wanted than the window has.
      sizes={`${Math.round(sight.zoom * 100)}vw`}
      alt={alt}
      data-block={block.id}
      draggable={false}
      style={{ translate: `${sight.x}px ${sight.y}px`, scale: `${sight.zoom}` }}
      onError={() => setHasFailed(true)}
    />
  );
}

/** Moves the picture with the pointer, zooms with the wheel, two fingers or a double click; a click beside it closes. */
function Stage({
  sight,
  onPan,
  onZoom,
  onDismiss,
  children,
}: {
  sight: Sight;
  onPan: (x: number, y: number) => void;
  onZoom: (factor: number) => void;
  onDismiss: () => void;
  children: ReactNode;
}) {
  const pointers = useRef(new Map<number, { x: number; y: number }>());
  const hasMoved = useRef(false);
  const onPointerMove = (event: PointerEvent): void => {
    const before = pointers.current.get(event.pointerId);
    if (!before) return;
    const now = { x: event.clientX, y: event.clientY };
    const other = [...pointers.current].find(([id]) => id !== event.pointerId)?.[1];
    if (other) onZoom(distance(now, other) / Math.max(1, distance(before, other)));
    else if (sight.zoom > 1) onPan(now.x - before.x, now.y - before.y);
    if (distance(now, before) > 2) hasMoved.current = true;
    pointers.current.set(event.pointerId, now);
  };
  const release = (event: PointerEvent): void => {
    pointers.current.delete(event.pointerId);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions lint/a11y/useKeyWithClickEvents: the dialog's keys and buttons do the same.
    <div
      className="qui-lightbox-stage"
      data-zoomed={sight.zoom > 1 || undefined}
      onWheel={(event) => onZoom(event.deltaY < 0 ? 1.15 : 1 / 1.15)}
      onPointerDown={(event) => {
        event.currentTarget.setPointerCapture(event.pointerId);
        pointers.current.set(event.pointerId, { x: event.clientX, y: event.clientY });
        hasMoved.current = false;
      }}
      onPointerMove={onPointerMove}
      onPointerUp={release}
      onPointerCancel={release}
      onDoubleClick={() => onZoom(sight.zoom > 1 ? 1 / ZOOM_MAX : 2.5)}
      onClick={(event) => {
        if (event.target === event.currentTarget && !hasMoved.current && sight.zoom === 1) onDismiss();
      }}
    >
      {children}
    </div>
  );
}

function distance(a: { x: number; y: number }, b: { x: number; y: number }): number {
  return Math.hypot(a.x - b.x, a.y - b.y);
}

function fileNameOf(url: string): string {
  return URL.parse(url)?.pathname.split("/").at(-1) || "picture";
}
