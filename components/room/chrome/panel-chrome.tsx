import { useEffect } from "react";
import { useStore } from "zustand";
import { TitlePlate } from "#components/room/chrome/title-plate.tsx";
import { useBarPanelId } from "#components/room/chrome/use-bar-panel.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { registerAnchor } from "#lib/client/xr/chrome/panel-anchors.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { findPanel } from "#lib/core/space/session.ts";

/**
 * What hangs on every panel: a plate with its title. The full bar is one for all
 * panels (`PanelBarRoot`) and takes the plate's place where the person is; eight
 * bars of their own would cost forty draws.
 */
export function PanelChrome({ panel }: { panel: PanelCore }) {
  const hasBar = useBarPanelId() === panel.id;
  const pose = useStore(browserStore, ({ session }) => findPanel(session, panel.id)?.pose);
  useEffect(() => {
    if (!pose) return;
    const { widthM, aspect } = pose;
    return registerAnchor(panel.id, { object: panel.object, widthM, heightM: widthM * aspect });
  }, [panel, pose]);
  return hasBar ? null : <TitlePlate panel={panel} />;
}
