import { memo, Suspense, useCallback, useEffect, useRef } from "react";
import { useStore } from "zustand";
import { DropTarget } from "#components/browse/drop-target.tsx";
import { LazyLiveView } from "#components/browse/lazy-live-view.ts";
import { LazyPageView } from "#components/browse/lazy-page-view.ts";
import { LoadLine } from "#components/browse/load-line.tsx";
import { openPageMenu } from "#components/browse/menus.ts";
import { NewTab } from "#components/browse/new-tab.tsx";
import { PanelBoundary } from "#components/browse/panel-boundary.tsx";
import { StoppedView } from "#components/browse/stopped-view.tsx";
import { cx } from "#components/ui/class-names.ts";
import { openPage } from "#lib/client/commands/open-page.ts";
import { handlePageAction } from "#lib/client/commands/page-action.ts";
import { reloadPanel } from "#lib/client/pages/load-panel.ts";
import { registerView } from "#lib/client/pages/view-handles.ts";
import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import { browserStore, EMPTY_VIEW, getPagePanel, updateSession } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { settingsStore } from "#lib/client/store/settings-store.ts";
import { siteSettingsFor, siteSettingsStore } from "#lib/client/store/site-settings-store.ts";
import type { LinkDisposition } from "#lib/core/reading/link-target.ts";
import { activatePanel } from "#lib/core/space/panels.ts";
import { findPagePanel } from "#lib/core/space/session.ts";

interface PanelFrameProps {
  panelId: string;
  /** Where it stands, as shares of the width; null while it waits unseen. */
  place: { start: number; size: number; first: boolean; last: boolean } | null;
  active: boolean;
  alone: boolean;
}

/** One panel on its card. Out of sight it stays drawn but is neither painted nor reachable. */
export const PanelFrame = memo(function PanelFrame({ panelId, place, active, alone }: PanelFrameProps) {
  const panel = useStore(browserStore, ({ session }) => findPagePanel(session, panelId));
  const { view, load, stopped, shownCount } = useStore(
    browserStore,
    ({ views }) => views[panelId] ?? EMPTY_VIEW,
  );
  const appearance = useStore(settingsStore, (settings) => settings.appearance);
  const images = useStore(siteSettingsStore, () => siteSettingsFor(panel?.state.url ?? "")?.images ?? null);
  const theme = useStore(settingsStore, (settings) => settings.theme);
  const handleRef = useRef<PageViewHandle>(null);

  const attach = useCallback(
    (handle: PageViewHandle | null) => {
      handleRef.current = handle;
      if (!handle) return;
      const unregister = registerView(panelId, handle);
      // The first page can be there before the code that draws it.
      const state = getPagePanel(panelId)?.state;
      const scroll = state?.entries[state.index]?.scroll;
      if (scroll) handle.setScroll(scroll);
      return () => {
        handleRef.current = null;
        unregister();
      };
    },
    [panelId],
  );

  useEffect(() => {
    const state = getPagePanel(panelId)?.state;
    const scroll = state?.entries[state.index]?.scroll;
    if (scroll && shownCount > 0) handleRef.current?.setScroll(scroll);
  }, [panelId, shownCount]);

  const onNavigate = useCallback(
    (href: string, { disposition }: { disposition: LinkDisposition }) =>
      void openPage(href, { panelId, disposition }),
    [panelId],
  );

  if (!panel) return null;
  const hidden = place === null;
  const isBlank = panel.state.index < 0;
  return (
    <section
      id={`panel-${panelId}`}
      role="tabpanel"
      aria-label={panelName(panel)}
      inert={hidden}
      data-focus-part={hidden ? undefined : "panel"}
      // The frame of a private panel is dark; the page in it keeps the theme one reads in.
      data-theme={panel.private && isBlank ? "dark" : theme}
      onPointerDownCapture={() => !active && updateSession((session) => activatePanel(session, panelId))}
      onFocusCapture={() => !active && updateSession((session) => activatePanel(session, panelId))}
      onContextMenu={(event) => {
        // A long press selects text; with Shift the real browser's own menu opens.
        const byTouch =
          event.nativeEvent instanceof PointerEvent && event.nativeEvent.pointerType === "touch";
        // A live page has its own menu, of what lies under the pointer there.
        if (panel.state.engine === "live" && !isBlank) event.preventDefault();
        else if (!isBlank && !byTouch && !event.shiftKey && !event.defaultPrevented)
          openPageMenu(event, panelId);
      }}
      className={cx(
        "absolute inset-y-0 overflow-hidden bg-paper text-ink sm:rounded-panel sm:shadow-[0_0_0_1px_var(--line)]",
        hidden && "invisible [content-visibility:hidden]",
        !alone && active && "sm:shadow-[0_0_0_2px_var(--accent)]",
      )}
      style={place ? placeStyle(place) : { left: 0, right: 0 }}
    >
      {load && view?.status !== "loading" && <LoadLine load={load} />}
      <DropTarget panelId={panelId} canSplit={alone}>
        {isBlank ? (
          <NewTab private={panel.private} />
        ) : panel.state.engine === "live" ? (
          <PanelBoundary resetKey={panelId}>
            <Suspense fallback={null}>
              <LazyLiveView
                ref={attach}
                panelId={panelId}
                attention={hidden ? "hidden" : active ? "focused" : "aside"}
                onAction={(action) => handlePageAction(panelId, action)}
              />
            </Suspense>
          </PanelBoundary>
        ) : stopped ? (
          <StoppedView url={panel.state.url} onRetry={() => reloadPanel(panelId)} />
        ) : (
          view && (
            <PanelBoundary resetKey={`${panel.state.url} ${shownCount}`}>
              <Suspense fallback={null}>
                <LazyPageView
                  ref={attach}
                  panelId={panelId}
                  state={view}
                  appearance={
                    images === null || images === appearance.images ? appearance : { ...appearance, images }
                  }
                  zoom={panel.state.zoom}
                  fragment={URL.parse(panel.state.url)?.hash}
                  onNavigate={onNavigate}
                  onRetry={() => reloadPanel(panelId)}
                  onAction={(action) => handlePageAction(panelId, action)}
                />
              </Suspense>
            </PanelBoundary>
          )
        )}
      </DropTarget>
    </section>
  );
});

/** Half of the gap between two panels, on each side of the line between them. */
const HALF_GAP_PX = 4;

function placeStyle({ start, size, first, last }: NonNullable<PanelFrameProps["place"]>) {
  const before = first ? 0 : HALF_GAP_PX;
  const after = last ? 0 : HALF_GAP_PX;
  return { left: `calc(${start * 100}% + ${before}px)`, width: `calc(${size * 100}% - ${before + after}px)` };
}
