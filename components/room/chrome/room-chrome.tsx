import { createPortal } from "@react-three/fiber";
import { Fragment, Suspense, useEffect, useState } from "react";
import { PanelBarRoot } from "#components/room/chrome/panel-bar-root.tsx";
import { PanelChrome } from "#components/room/chrome/panel-chrome.tsx";
import { RoomMenu } from "#components/room/menus/room-menu.tsx";
import { SessionHud } from "#components/room/menus/session-hud.tsx";
import { bridgeFlatUi } from "#lib/client/room/room-ui-bridge.ts";
import type { DocumentPanel } from "#lib/client/xr/panel/document-panel.ts";
import { documentPanels, watchDocumentPanels } from "#lib/client/xr/panel/panel-registry.ts";

/**
 * The interface of the room: titles of the panels, the bar of the one the person is
 * at, the menu, and what a headset shows instead of the DOM. Mounted once, in the
 * world and not in the layout frame; it finds the panels by itself.
 */
export function RoomChrome() {
  const panels = useDocumentPanels();
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

function useDocumentPanels(): readonly DocumentPanel[] {
  const [panels, setPanels] = useState<readonly DocumentPanel[]>(() => [...documentPanels]);
  useEffect(() => {
    const read = () => setPanels([...documentPanels]);
    read();
    return watchDocumentPanels(read);
  }, []);
  return panels;
}
