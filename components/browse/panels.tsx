import { useRef } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { PanelFrame } from "#components/browse/panel-frame.tsx";
import { SplitDivider } from "#components/browse/split-divider.tsx";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { PHONE_QUERY, useMediaQuery } from "#lib/client/store/use-media-query.ts";
import { findSplit, visiblePanelIds } from "#lib/core/space/session.ts";

/** So many panels stay drawn: coming back to one of them is instant, and memory stays bounded. */
const DRAWN_MAX = 4;

/** The panels on screen, with those looked at lately kept drawn behind them. */
export function Panels() {
  const stageRef = useRef<HTMLDivElement>(null);
  const phone = useMediaQuery(PHONE_QUERY);
  // There is no room for two side by side on a phone: the one in use is shown, the split is kept.
  const visible = useStore(
    browserStore,
    useShallow(({ session }) =>
      phone && session.activeId !== null ? [session.activeId] : visiblePanelIds(session),
    ),
  );
  const recent = useStore(browserStore, (state) => state.recent);
  const split = useStore(browserStore, ({ session }) => findSplit(session, session.activeId ?? ""));
  const activeId = useStore(browserStore, ({ session }) => session.activeId);
  const drawn = [...new Set([...visible, ...recent.slice(0, DRAWN_MAX)])].sort();
  const sizes = phone ? [1] : (split?.sizes ?? [1]);

  return (
    <div ref={stageRef} className="relative size-full">
      {drawn.map((id) => {
        const place = visible.indexOf(id);
        const start = sizes.slice(0, Math.max(0, place)).reduce((sum, size) => sum + size, 0);
        return (
          <PanelFrame
            key={id}
            panelId={id}
            place={
              place < 0
                ? null
                : { start, size: sizes[place] ?? 1, first: place === 0, last: place === visible.length - 1 }
            }
            active={id === activeId}
            alone={visible.length === 1}
          />
        );
      })}
      {!phone &&
        split?.sizes
          .slice(0, -1)
          .map((_, divider) => (
            <SplitDivider key={split.panels[divider]} split={split} divider={divider} stageRef={stageRef} />
          ))}
    </div>
  );
}
