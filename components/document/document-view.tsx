"use client";

import { CornerUpLeft } from "lucide-react";
import {
  memo,
  type Ref,
  Suspense,
  useEffect,
  useId,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
  useState,
} from "react";
import { BlockList } from "#components/document/block-view.tsx";
import { DocumentContext, ImagesContext } from "#components/document/document-context.ts";
import { createDocumentHandlers, type PageNavigate } from "#components/document/document-handlers.ts";
import { DocumentHeader } from "#components/document/document-header.tsx";
import { EmptyDocument } from "#components/document/empty-document.tsx";
import { lazyPart } from "#components/document/lazy-part.ts";
import { LinkStatus } from "#components/document/link-status.tsx";
import { PageNotices } from "#components/document/page-notices.tsx";
import { useDocumentScroll } from "#components/document/use-document-scroll.ts";
import { createExpandedBlocks } from "#lib/client/reading/expanded-blocks.ts";
import type { PageViewHandle, ReadingPlace } from "#lib/client/reading/page-view-handle.ts";
import { type PrintTarget, registerPrintTarget } from "#lib/client/reading/print-target.ts";
import { readTextRanges } from "#lib/client/reading/text-dom.ts";
import type { Appearance } from "#lib/core/reading/appearance.ts";
import { findTitleBlock, indexDocument } from "#lib/core/reading/block-index.ts";
import { type Chunk, chunkBlocks, estimateChunkHeight } from "#lib/core/reading/chunk-blocks.ts";
import { createCitation } from "#lib/core/reading/citation.ts";
import { normaliseHeadingLevels } from "#lib/core/reading/outline.ts";
import type { PageAction } from "#lib/core/reading/page-view-state.ts";
import { resolveFragment } from "#lib/core/reading/resolve-fragment.ts";
import type { ScrollPosition } from "#lib/core/reading/scroll-position.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

const Lightbox = lazyPart(async () => (await import("#components/document/lightbox.tsx")).Lightbox);
const SelectionBar = lazyPart(
  async () => (await import("#components/document/selection-bar.tsx")).SelectionBar,
);

export interface DocumentViewProps {
  page: Page;
  savedAt: string | undefined;
  panelId: string | undefined;
  appearance: Appearance;
  zoom: number;
  fragment: string | undefined;
  onNavigate: PageNavigate;
  onAction: (action: PageAction) => void;
  onReading: ((place: ReadingPlace) => void) | undefined;
  ref: Ref<PageViewHandle>;
}

/** A page's document: its header, its blocks mounted bit by bit, and everything one does with them. */
export function DocumentView(props: DocumentViewProps) {
  const { page, savedAt, panelId, appearance, zoom, fragment, onNavigate, onAction, onReading, ref } = props;
  const { document } = page;
  const titleId = useId();
  const chunks = useMemo(() => planChunks(document), [document]);
  const [expanded] = useState(createExpandedBlocks);
  const context = useMemo(
    () => ({
      page,
      media: new Map(page.media.map((entry) => [entry.id, entry])),
      headingLevels: normaliseHeadingLevels(page.document),
      expanded,
    }),
    [page, expanded],
  );
  const { theme: _theme, images: _images, ...layout } = appearance;
  const layoutKey = JSON.stringify([layout, zoom]);
  const scroll = useDocumentScroll({ document, chunks, expanded, layoutKey, onReading });
  const { scroller, content, layer, progressBar } = scroll.refs;

  const [backTo, setBackTo] = useState<{ position: ScrollPosition; link: HTMLElement } | null>(null);
  const jump = (blockId: string, link: HTMLElement): void => {
    if (!indexDocument(document).byId.has(blockId)) return;
    const position = scroll.keeper.current?.position;
    if (position) setBackTo({ position, link });
    scroll.goTo({ blockId, align: "top", takesFocus: true });
  };
  const goBack = (): void => {
    if (!backTo) return;
    scroll.keeper.current?.restore(backTo.position);
    backTo.link.focus({ preventScroll: true });
    setBackTo(null);
  };
  const [enlargedId, setEnlargedId] = useState<string | null>(null);
  /** The top of a page opened at a fragment is where that leads. False: it leads nowhere. */
  const goToFragment = (): boolean => {
    const target = resolveFragment(document, fragment ?? "");
    if (!target) return false;
    const { blockId, range } = target;
    scroll.goTo({ blockId, range: range ?? undefined, align: range ? "center" : "top" });
    return true;
  };
  const isPlaced = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the page is opened.
  useEffect(() => {
    if (!isPlaced.current) goToFragment();
    isPlaced.current = true;
  }, []);
  const handlers = createDocumentHandlers({
    page,
    panelId,
    onNavigate,
    onJump: jump,
    onEnlarge: setEnlargedId,
  });

  const printTarget = useRef<PrintTarget>(null);
  const { mountAllNow } = scroll;
  useEffect(() => {
    if (!scroller.current) return;
    printTarget.current = registerPrintTarget(scroller.current, {
      onBeforePrint: mountAllNow,
      onAfterPrint: () => {},
    });
    return () => printTarget.current?.dispose();
  }, [mountAllNow, scroller]);

  const charactersPerLine = useCharactersPerLine(content, appearance.measureCh, zoom);
  const hasSelected = useHasSelected(content);

  useImperativeHandle(ref, () => ({
    scrollToBlock: (blockId, range) => scroll.goTo({ blockId, range, align: range ? "center" : "top" }),
    getScroll: () => scroll.keeper.current?.position ?? { blockId: null, offset: 0, y: 0 },
    setScroll: (position) => {
      isPlaced.current = true;
      const isTop = position.blockId === null && position.y === 0;
      if (!(isTop && goToFragment())) scroll.keeper.current?.restore(position);
    },
    focus: () => scroller.current?.focus({ preventScroll: true }),
    showMatches: (matches, active) => {
      scroll.painter.current?.show(matches, active);
      const match = matches[active];
      if (match) scroll.goTo({ blockId: match.blockId, range: match, align: "center", isFlashed: false });
    },
    clearMatches: () => scroll.painter.current?.clear(),
    getPlace: () => scroll.place.current,
    watchPlace: (listener) => {
      const { current: watchers } = scroll.watchers;
      watchers.add(listener);
      return () => watchers.delete(listener);
    },
    getSelection: () => {
      const selection = window.getSelection();
      if (!content.current || !selection || selection.isCollapsed) return [];
      const ranges = readTextRanges(content.current, selection.getRangeAt(0));
      return ranges.flatMap((range) => createCitation(document, range) ?? []);
    },
    print: () => {
      printTarget.current?.claim();
      window.print();
    },
    enlarge: setEnlargedId,
  }));

  return (
    <DocumentContext value={context}>
      <ImagesContext value={appearance.images}>
        <div className="qui-reading-progress" aria-hidden="true">
          <div ref={progressBar} />
        </div>
        {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
        <section className="qui-scroll" ref={scroller} aria-labelledby={titleId} tabIndex={0}>
          <article
            className="qui-article"
            ref={content}
            lang={document.lang ?? undefined}
            dir={document.dir}
            data-kind={document.kind}
            {...handlers}
          >
            <DocumentHeader page={page} titleId={titleId} />
            <PageNotices page={page} savedAt={savedAt} onAction={onAction} />
            {document.blocks.length === 0 && <EmptyDocument page={page} />}
            {chunks.map((chunk, index) => (
              <ChunkView
                key={chunk.start}
                chunk={chunk}
                index={index}
                isMounted={scroll.isMounted(index)}
                isContained={chunks.length > 1}
                heightEm={estimateChunkHeight(chunk, charactersPerLine, appearance.lineHeight)}
              />
            ))}
            <div className="qui-end" aria-hidden="true" />
            <div className="qui-highlight-layer" ref={layer} aria-hidden="true" />
          </article>
        </section>
        <LinkStatus root={content} />
        {backTo && (
          <button type="button" className="qui-back-pill" onClick={goBack}>
            <CornerUpLeft aria-hidden="true" size={16} /> Back to where you were
          </button>
        )}
        <Suspense>
          {hasSelected && panelId !== undefined && <SelectionBar content={content} panelId={panelId} />}
          {enlargedId !== null && <Lightbox blockId={enlargedId} onClose={() => setEnlargedId(null)} />}
        </Suspense>
      </ImagesContext>
    </DocumentContext>
  );
}

const ChunkView = memo(function ChunkView({
  chunk,
  index,
  isMounted,
  isContained,
  heightEm,
}: {
  chunk: Chunk;
  index: number;
  isMounted: boolean;
  /** Layout and paint of it are skipped while it is off screen. */
  isContained: boolean;
  heightEm: number;
}) {
  if (!isMounted)
    return <div className="qui-chunk" data-chunk={index} style={{ blockSize: `${heightEm}em` }} />;
  return (
    <div
      className="qui-chunk"
      data-chunk={index}
      data-contained={isContained || undefined}
      style={isContained ? { containIntrinsicBlockSize: `auto ${heightEm}em` } : undefined}
    >
      <BlockList blocks={chunk.blocks} />
    </div>
  );
});

/** The heading that only repeats the title is drawn as the title, above the chunks. */
function planChunks(document: Document): Chunk[] {
  const title = findTitleBlock(document);
  return chunkBlocks(document.blocks).map((chunk) =>
    title && chunk.blocks.includes(title)
      ? { ...chunk, blocks: chunk.blocks.filter((block) => block !== title) }
      : chunk,
  );
}

/** True from the first time on that text of the document was selected, by whatever means. */
function useHasSelected(content: { readonly current: HTMLElement | null }): boolean {
  const [hasSelected, setHasSelected] = useState(false);
  useEffect(() => {
    if (hasSelected) return;
    const onChange = (): void => {
      const selection = window.getSelection();
      if (selection?.isCollapsed === false && content.current?.contains(selection.anchorNode)) {
        setHasSelected(true);
      }
    };
    window.document.addEventListener("selectionchange", onChange);
    return () => window.document.removeEventListener("selectionchange", onChange);
  }, [content, hasSelected]);
  return hasSelected;
}

/** How many characters fit on a line now; decides only how tall unseen chunks are taken to be. */
function useCharactersPerLine(
  content: { readonly current: HTMLElement | null },
  measureCh: number,
  zoom: number,
): number {
  const [charactersPerLine, setCharactersPerLine] = useState(measureCh);
  // biome-ignore lint/correctness/useExhaustiveDependencies: zoom changes the text size that is read here.
  useLayoutEffect(() => {
    if (!content.current) return;
    const { fontSize } = getComputedStyle(content.current);
    const fitting = content.current.clientWidth / (Number.parseFloat(fontSize) * 0.45);
    setCharactersPerLine(Math.round(Math.min(measureCh, fitting)));
  }, [content, measureCh, zoom]);
  return charactersPerLine;
}
