import { useThree } from "@react-three/fiber";
import { memo, type ReactNode, useEffect, useState } from "react";
import { useStore } from "zustand";
import { LiveStatus } from "#components/room/live/live-status.tsx";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { createLivePanel } from "#lib/client/xr/live/live-panel.ts";
import { createDocumentPanel } from "#lib/client/xr/panel/document-panel.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { getPanelReading } from "#lib/client/xr/panel/panel-reading.ts";
import { addRoomPanel, getLayerMaker } from "#lib/client/xr/panel/panel-registry.ts";
import { prefersStill } from "#lib/client/xr/panel/still.ts";
import { findPanel, type Session } from "#lib/core/space/session.ts";

/** A panel of the live engine that shows nothing yet is an empty page like any other. */
function showsLive(session: Session, panelId: string): boolean {
  const panel = findPanel(session, panelId);
  return panel?.kind === "page" && panel.state.engine === "live" && panel.state.index >= 0;
}

/** One panel: its sheet comes from the imperative core; what hangs on it are children. */
export const RoomPanel = memo(function RoomPanel({
  panelId,
  children,
}: {
  panelId: string;
  children?: ReactNode;
}) {
  const renderer = useThree((state) => state.gl);
  const [panel, setPanel] = useState<PanelCore | null>(null);
  const isLive = useStore(browserStore, ({ session }) => showsLive(session, panelId));

  useEffect(() => {
    // Closed in the moment it was to be drawn.
    if (!findPanel(getSession(), panelId)) return;
    const create = isLive ? createLivePanel : createDocumentPanel;
    const made = create({
      panelId,
      renderer,
      reading: getPanelReading(panelId),
      makeLayer: getLayerMaker(renderer),
      isStill: prefersStill,
    });
    const remove = addRoomPanel(made);
    setPanel(made);
    return () => {
      remove();
      made.dispose();
    };
  }, [panelId, renderer, isLive]);

  return (
    panel && (
      <primitive object={panel.object} dispose={null}>
        {panel.engine === "live" && <LiveStatus panel={panel} />}
        {children}
      </primitive>
    )
  );
});
