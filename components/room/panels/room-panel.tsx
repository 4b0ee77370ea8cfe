import { useThree } from "@react-three/fiber";
import { memo, type ReactNode, useEffect, useState } from "react";
import { getSession } from "#lib/client/store/browser-store.ts";
import { createDocumentPanel } from "#lib/client/xr/panel/document-panel.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { getPanelReading } from "#lib/client/xr/panel/panel-reading.ts";
import { addRoomPanel, getLayerMaker } from "#lib/client/xr/panel/panel-registry.ts";
import { prefersStill } from "#lib/client/xr/panel/still.ts";
import { findPanel } from "#lib/core/space/session.ts";

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

  useEffect(() => {
    // Closed in the moment it was to be drawn.
    if (!findPanel(getSession(), panelId)) return;
    const made = createDocumentPanel({
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
  }, [panelId, renderer]);

  return (
    panel && (
      <primitive object={panel.object} dispose={null}>
        {children}
      </primitive>
    )
  );
});
