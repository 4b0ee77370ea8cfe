"use client";

import { useCallback, useEffect, useLayoutEffect, useRef } from "react";
import { flushSync } from "react-dom";
import type { ExpandedBlocks } from "#lib/client/reading/expanded-blocks.ts";
import { createHighlighter, type Highlighter } from "#lib/client/reading/highlights.ts";
import { MatchPainter } from "#lib/client/reading/match-painter.ts";
import type { ReadingPlace } from "#lib/client/reading/page-view-handle.ts";
import { ScrollKeeper, type ScrollTarget } from "#lib/client/reading/scroll-keeper.ts";
import { createDomRange } from "#lib/client/reading/text-dom.ts";
import { useProgressiveMount } from "#lib/client/reading/use-progressive-mount.ts";
import { findTitleBlock, indexDocument } from "#lib/core/reading/block-index.ts";
import { type Chunk, findChunk } from "#lib/core/reading/chunk-blocks.ts";
import { splitRange } from "#lib/core/reading/citation.ts";
import { readingMinutes } from "#lib/core/reading/reading-time.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";
import type { Document } from "#lib/protocol/document.ts";

/** How long a passage that was jumped to stays marked. */
const FLASH_MS = 2200;

export interface DocumentScrollOptions {
  document: Document;
  chunks: readonly Chunk[];
  expanded: ExpandedBlocks;
  /** Changes with everything that moves lines: size, font, width, zoom. */
  layoutKey: string;
  onReading: ((place: ReadingPlace) => void) | undefined;
}

export interface GoToOptions {
  blockId: string;
  range?: { start: number; end: number } | undefined;
  align: "top" | "center";
  /** Moves the focus there, as following a link inside a page does. */
  takesFocus?: boolean;
  isFlashed?: boolean;
}

/** Ties the imperative parts of reading (where one is, what is painted, what is mounted) to the drawn document. */
export function useDocumentScroll(options: DocumentScrollOptions) {
  const { document, chunks, expanded, layoutKey } = options;
  const scroller = useRef<HTMLElement>(null);
  const content = useRef<HTMLElement>(null);
  const layer = useRef<HTMLDivElement>(null);
  const progressBar = useRef<HTMLDivElement>(null);
  const keeper = useRef<ScrollKeeper>(null);
  /** React may set effects up twice; a jump under way goes on in the second keeper. */
  const carried = useRef<ScrollTarget>(null);
  const painter = useRef<MatchPainter>(null);
  const highlighter = useRef<Highlighter>(null);
  const place = useRef<ReadingPlace>({ blockId: null, order: -1, progress: 0, minutesLeft: 0 });
  const watchers = useRef(new Set<(place: ReadingPlace) => void>());
  const latest = useRef(options);
  const { isMounted, isComplete, mount, mountAll, step } = useProgressiveMount(document, chunks.length);

  useLayoutEffect(() => {
    latest.current = options;
  });

  const chunkOf = useCallback((blockId: string): number => {
    const now = latest.current;
    const entry = indexDocument(now.document).byId.get(blockId);
    return !entry || entry.block === findTitleBlock(now.document)
      ? -1
      : findChunk(now.chunks, entry.topIndex);
  }, []);

  useLayoutEffect(() => {
    if (!scroller.current || !content.current || !layer.current) return;
    const marks = createHighlighter(layer.current);
    highlighter.current = marks;
    painter.current = new MatchPainter({ content: content.current, highlighter: marks, chunkOf });
    const scroll = new ScrollKeeper({
      scroller: scroller.current,
      content: content.current,
      requestMount: (blockId) => mount([chunkOf(blockId)]),
      onScroll: (position, progress) => {
        // A page without anything to scroll needs no bar.
        const shown = progress === 1 && position.y === 0 ? 0 : progress;
        if (progressBar.current) progressBar.current.style.scale = `${shown} 1`;
        const next = readPlace(latest.current.document, position, progress);
        const hasMoved =
          next.blockId !== place.current.blockId ||
          Math.abs(next.progress - place.current.progress) >= 0.01 ||
          (next.progress === 1) !== (place.current.progress === 1);
        if (!hasMoved) return;
        place.current = next;
        latest.current.onReading?.(next);
        for (const listen of watchers.current) listen(next);
      },
    });
    keeper.current = scroll;
    if (carried.current) scroll.goTo(carried.current);
    return () => {
      carried.current = scroll.target;
      marks.dispose();
      scroll.dispose();
    };
  }, [chunkOf, mount]);

  useEffect(() => {
    const root = scroller.current;
    if (!root || chunks.length === 0) return;
    const near = new Set<number>();
    const observer = new IntersectionObserver(
      (entries) => {
        for (const { target, isIntersecting } of entries) {
          const index = Number((target as HTMLElement).dataset.chunk);
          if (Number.isNaN(index)) continue;
          if (isIntersecting) near.add(index);
          else near.delete(index);
        }
        mount([...near]);
        painter.current?.setNear(near);
      },
      { root, rootMargin: "100% 0px" },
    );
    for (const chunk of root.querySelectorAll("[data-chunk]")) observer.observe(chunk);
    return () => observer.disconnect();
  }, [chunks, mount]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each step of mounting may bring what was waited for.
  useLayoutEffect(() => {
    keeper.current?.retry();
    if (painter.current && !painter.current.isEmpty) painter.current.repaint();
  }, [step, document]);

  // The same page fetched again keeps most of its blocks, and with them the place.
  const seen = useRef({ layoutKey, document });
  useLayoutEffect(() => {
    if (seen.current.layoutKey === layoutKey && seen.current.document === document) return;
    seen.current = { layoutKey, document };
    keeper.current?.keep();
  }, [layoutKey, document]);

  const goTo = useCallback(
    (target: GoToOptions): void => {
      const { align, takesFocus = false, isFlashed = true } = target;
      const { blockId, range } = narrow(latest.current.document, target);
      // A long table draws its later rows only when someone wants them.
      if (range) expanded.add(blockId);
      keeper.current?.goTo({
        blockId,
        align: align === "top" ? { kind: "top", offset: 0 } : { kind: "center" },
        ...(range ? { findRange: (element) => createDomRange(element, range.start, range.end) } : {}),
        onArrive: (element) => {
          if (takesFocus) moveFocus(element);
          if (isFlashed) flash(element, range, highlighter.current);
        },
      });
    },
    [expanded],
  );

  const mountAllNow = useCallback(() => flushSync(mountAll), [mountAll]);

  return {
    refs: { scroller, content, layer, progressBar },
    isMounted,
    isComplete,
    mountAllNow,
    keeper,
    painter,
    place,
    watchers,
    goTo,
  };
}

/** A range over a list, a quotation or a post stands in the first block inside that holds some of it. */
function narrow(document: Document, { blockId, range }: GoToOptions): Pick<GoToOptions, "blockId" | "range"> {
  const block = indexDocument(document).byId.get(blockId)?.block;
  const inner = range && block && splitRange(block, range.start, range.end)[0];
  return inner ? { blockId: inner.blockId, range: inner } : { blockId, range };
}

function readPlace(document: Document, position: ScrollPosition, progress: number): ReadingPlace {
  const order =
    position.blockId === null ? -1 : (indexDocument(document).byId.get(position.blockId)?.order ?? -1);
  const minutes = readingMinutes(document.wordCount, document.lang);
  return { blockId: position.blockId, order, progress, minutesLeft: minutes * (1 - progress) };
}

function moveFocus(element: HTMLElement): void {
  const focusable = element.querySelector<HTMLElement>("[tabindex='0']");
  if (!focusable && !element.hasAttribute("tabindex")) element.tabIndex = -1;
  (focusable ?? element).focus({ preventScroll: true });
}

function flash(
  element: HTMLElement,
  range: { start: number; end: number } | undefined,
  highlighter: Highlighter | null,
): void {
  const domRange = range && createDomRange(element, range.start, range.end);
  if (domRange && highlighter) {
    highlighter.paint("qui-passage", [domRange]);
    setTimeout(() => highlighter.paint("qui-passage", []), FLASH_MS);
    return;
  }
  element.dataset.flash = "";
  setTimeout(() => delete element.dataset.flash, FLASH_MS);
}
