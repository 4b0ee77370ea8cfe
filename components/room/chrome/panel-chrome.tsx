import { useEffect, useState } from "react";
import type { Group } from "three";
import { TitlePlate } from "#components/room/chrome/title-plate.tsx";
import { useBarPanelId } from "#components/room/chrome/use-bar-panel.ts";
import { registerAnchor } from "#lib/client/xr/chrome/panel-anchors.ts";

interface PanelChromeProps {
  panelId: string;
  size: { widthM: number; heightM: number };
}

/**
 * What belongs to one panel around its page: a thin plate with its title. The full
 * bar is one for all panels (`PanelBarRoot`) and takes the plate's place where the
 * person is; eight bars of their own would cost eighty draws.
 */
export function PanelChrome({ panelId, size: { widthM, heightM } }: PanelChromeProps) {
  const [object, setObject] = useState<Group | null>(null);
  const hasBar = useBarPanelId() === panelId;
  useEffect(
    () => (object ? registerAnchor(panelId, { object, widthM, heightM }) : undefined),
    [object, panelId, widthM, heightM],
  );
  return (
    <group ref={setObject}>
      {!hasBar && <TitlePlate panelId={panelId} widthM={widthM} heightM={heightM} />}
    </group>
  );
}
