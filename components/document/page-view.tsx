"use client";

import "./styles/page.css";
import "./styles/text.css";
import "./styles/blocks.css";
import "./styles/cards.css";
import "./styles/overlays.css";
import "./styles/states.css";
import "./styles/media.css";
import {
  type CSSProperties,
  type Ref,
  type RefObject,
  Suspense,
  useEffect,
  useImperativeHandle,
  useLayoutEffect,
  useMemo,
  useRef,
} from "react";
import { useStore } from "zustand";
import type { PageNavigate } from "#components/document/document-handlers.ts";
import { DocumentView } from "#components/document/document-view.tsx";
import { FailureView, OfflineView } from "#components/document/failure-view.tsx";
import { lazyPart } from "#components/document/lazy-part.ts";
import { LoadingView } from "#components/document/loading-view.tsx";
import type { PageViewHandle, ReadingPlace } from "#lib/client/reading/page-view-handle.ts";
import { registerReadingCommands } from "#lib/client/reading/reading-commands.ts";
import { uiStore } from "#lib/client/store/ui-store.ts";
import type { Appearance } from "#lib/core/reading/appearance.ts";
import { hostOf } from "#lib/core/reading/link-target.ts";
import type { PageAction, PageViewState } from "#lib/core/reading/page-view-state.ts";
import { TOP } from "#lib/core/reading/scroll-position.ts";

const FindBar = lazyPart(async () => (await import("#components/document/find-bar.tsx")).FindBar);

export interface PageViewProps {
  state: PageViewState;
  appearance: Appearance;
  /** 1 is 100 %. Multiplies the text size, so lines wrap anew instead of running off. */
  zoom: number;
  onNavigate: PageNavigate;
  onRetry: () => void;
  onAction: (action: PageAction) => void;
  /** Told while someone scrolls: for the outline, the time left, and what is remembered. */
  onReading?: (place: ReadingPlace) => void;
  /** The fragment of the address that was opened, with its `#`: the top of the page is where it leads. */
  fragment?: string | undefined;
  /** Lets commands and menus reach this view; without it there are no context menus. */
  panelId?: string;
  ref?: Ref<PageViewHandle>;
}

/** One page panel in whatever state it is. Fills its parent and scrolls inside it. */
export function PageView(props: PageViewProps) {
  const { state, appearance, zoom, onNavigate, onRetry, onAction, onReading, fragment, panelId, ref } = props;
  const root = useRef<HTMLElement>(null);
  const view = useRef<PageViewHandle>(null);
  /** What was asked for while the page was still on its way. */
  const waiting = useRef<((view: PageViewHandle) => void) | null>(null);
  const isReady = state.status === "ready";

  useLayoutEffect(() => {
    if (!isReady || !view.current) return;
    waiting.current?.(view.current);
    waiting.current = null;
  }, [isReady]);

  const handle = useMemo(() => createHandle({ root, view, waiting }), []);
  useImperativeHandle(ref, () => handle, [handle]);

  useEffect(registerReadingCommands, []);
  const isFinding = useStore(uiStore, ({ findPanelId }) => panelId !== undefined && findPanelId === panelId);

  return (
    <section
      ref={root}
      className="qui-page"
      tabIndex={-1}
      aria-busy={state.status === "loading"}
      data-status={state.status}
      // The tokens of light and dark are the interface's own; sepia paints over the light ones.
      data-theme={THEMES[appearance.theme]}
      data-reader-theme={appearance.theme}
      data-font={appearance.font}
      data-justify={appearance.justify || undefined}
      style={readerVariables(appearance, zoom)}
    >
      <p className="sr-only" role="status">
        {announce(state)}
      </p>
      {state.status === "loading" && (
        <LoadingView
          key={state.url}
          url={state.url}
          startedAt={state.startedAt}
          onCancel={() => onAction({ type: "cancel" })}
        />
      )}
      {state.status === "failed" && <FailureView state={state} onRetry={onRetry} onAction={onAction} />}
      {state.status === "offline" && <OfflineView state={state} onRetry={onRetry} onAction={onAction} />}
      {state.status === "ready" && (
        <DocumentView
          key={state.page.document.id}
          ref={view}
          page={state.page}
          savedAt={state.savedAt}
          panelId={panelId}
          appearance={appearance}
          zoom={zoom}
          fragment={fragment}
          onNavigate={onNavigate}
          onAction={onAction}
          onReading={onReading}
        />
      )}
      {state.status === "ready" && isFinding && (
        <Suspense>
          <FindBar
            document={state.page.document}
            view={handle}
            onClose={() => uiStore.setState({ findPanelId: null })}
          />
        </Suspense>
      )}
    </section>
  );
}

const THEMES = { system: undefined, light: "light", dark: "dark", sepia: "light" } as const;

interface HandleParts {
  root: RefObject<HTMLElement | null>;
  view: RefObject<PageViewHandle | null>;
  waiting: RefObject<((view: PageViewHandle) => void) | null>;
}

/** The same handle through all states: what cannot be done yet waits for the page. */
function createHandle({ root, view, waiting }: HandleParts): PageViewHandle {
  const whenReady = (run: (view: PageViewHandle) => void): void => {
    if (view.current) run(view.current);
    else waiting.current = run;
  };
  return {
    scrollToBlock: (blockId, range) => whenReady((now) => now.scrollToBlock(blockId, range)),
    getScroll: () => view.current?.getScroll() ?? TOP,
    setScroll: (position) => whenReady((now) => now.setScroll(position)),
    focus: () => (view.current ? view.current.focus() : root.current?.focus({ preventScroll: true })),
    showMatches: (matches, active) => view.current?.showMatches(matches, active),
    clearMatches: () => view.current?.clearMatches(),
    getPlace: () => view.current?.getPlace() ?? { blockId: null, order: -1, progress: 0, minutesLeft: 0 },
    watchPlace: (listener) => view.current?.watchPlace(listener) ?? (() => {}),
    getSelection: () => view.current?.getSelection() ?? [],
    print: () => (view.current ? view.current.print() : window.print()),
    enlarge: (imageBlockId) => view.current?.enlarge(imageBlockId),
  };
}

function readerVariables({ sizePx, measureCh, lineHeight }: Appearance, zoom: number): CSSProperties {
  // In rem, so that the size set in the browser counts too.
  return {
    "--reader-size": `${(sizePx / 16) * zoom}rem`,
    "--reader-measure": measureCh,
    "--reader-leading": lineHeight,
  } as CSSProperties;
}

function announce(state: PageViewState): string {
  switch (state.status) {
    case "loading":
      return `Loading ${hostOf(state.url) || state.url}`;
    case "ready":
      return `Loaded ${state.page.document.title}`;
    case "failed":
      return "The page could not be loaded";
    case "offline":
      return "You are offline";
  }
}
