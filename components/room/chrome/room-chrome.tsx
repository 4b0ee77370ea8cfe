import { createPortal } from "@react-three/fiber";
import { Fragment, Suspense, useEffect, useState } from "react";
import { PanelBarRoot } from "#components/room/chrome/panel-bar-root.tsx";
import { PanelChrome } from "#components/room/chrome/panel-chrome.tsx";
import { RoomMenu } from "#components/room/menus/room-menu.tsx";
import { SessionHud } from "#components/room/menus/session-hud.tsx";
import { bridgeFlatUi } from "#lib/client/room/room-ui-bridge.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { roomPanels, watchRoomPanels } from "#lib/client/xr/panel/panel-registry.ts";

/**
 * The interface of the room: titles of the panels, the bar of the one the person is
 * at, the menu, and what a headset shows instead of the DOM. Mounted once, in the
 * world and not in the layout frame; it finds the panels by itself.
 */
export function RoomChrome() {
  const panels = useRoomPanels();
  useEffect(bridgeFlatUi, []);
  return (
    <Suspense>
      {panels.map((panel) => (
        <Fragment key={panel.id}>{createPortal(<PanelChrome panel={panel} />, panel.object)}</Fragment>
      ))}
      <PanelBarRoot panels={panels} />
      <RoomMenu />
      <SessionHud />
    </Suspense>
  );
}

function useRoomPanels(): readonly PanelCore[] {
  const [panels, setPanels] = useState<readonly PanelCore[]>(() => [...roomPanels]);
  useEffect(() => {
    const read = () => setPanels([...roomPanels]);
    read();
    return watchRoomPanels(read);
  }, []);
  return panels;
}
