import { Suspense, useEffect } from "react";
import { PanelBarRoot } from "#components/room/chrome/panel-bar-root.tsx";
import { RoomMenu } from "#components/room/menus/room-menu.tsx";
import { SessionHud } from "#components/room/menus/session-hud.tsx";
import { bridgeFlatUi } from "#lib/client/room/room-ui-bridge.ts";

/** The interface of the room: the bar of the panel one is at, the menu, and what a headset shows instead of the DOM. */
export function RoomChrome() {
  useEffect(bridgeFlatUi, []);
  return (
    <Suspense>
      <PanelBarRoot />
      <RoomMenu />
      <SessionHud />
    </Suspense>
  );
}
