import { RoomChrome } from "#components/room/chrome/room-chrome.tsx";
import { Environment } from "#components/room/environment/environment.tsx";
import { LayoutFrame } from "#components/room/panels/layout-frame.tsx";
import { PanelPart } from "#components/room/panels/panel-part.tsx";
import { RoomPanels } from "#components/room/panels/room-panels.tsx";
import { SessionBridge } from "#components/room/session/session-bridge.tsx";

/** Everything that stands in the room. Each part fails alone: see `PanelPart`. */
export function Scene() {
  return (
    <>
      <SessionBridge />
      <PanelPart name="environment">
        <Environment />
      </PanelPart>
      <LayoutFrame>
        <RoomPanels />
      </LayoutFrame>
      <PanelPart name="chrome">
        <RoomChrome />
      </PanelPart>
    </>
  );
}
