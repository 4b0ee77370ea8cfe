import { useThree } from "@react-three/fiber";
import { memo, type ReactNode, useEffect, useState } from "react";
import { createDocumentPanel, type DocumentPanel } from "#lib/client/xr/panel/document-panel.ts";
import { getPanelReading } from "#lib/client/xr/panel/panel-reading.ts";
import { addDocumentPanel, getLayerMaker } from "#lib/client/xr/panel/panel-registry.ts";
import { prefersStill } from "#lib/client/xr/panel/still.ts";

/** One panel: its sheet comes from the imperative core; what hangs on it are children. */
export const RoomPanel = memo(function RoomPanel({
  panelId,
  children,
}: {
  panelId: string;
  children?: ReactNode;
}) {
  const renderer = useThree((state) => state.gl);
  const [panel, setPanel] = useState<DocumentPanel | null>(null);

  useEffect(() => {
    const made = createDocumentPanel({
      panelId,
      renderer,
      reading: getPanelReading(panelId),
      makeLayer: getLayerMaker(renderer),
      isStill: prefersStill,
    });
    const remove = addDocumentPanel(made);
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
