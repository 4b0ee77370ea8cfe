import { RoomChrome } from "#components/room/chrome/room-chrome.tsx";
import { Comfort } from "#components/room/comfort/comfort.tsx";
import { Environment } from "#components/room/environment/environment.tsx";
import { RoomInput } from "#components/room/input/room-input.tsx";
import { RoomKeyboard } from "#components/room/keyboard/room-keyboard.tsx";
import { LiveInput } from "#components/room/live/live-input.tsx";
import { MediaStage } from "#components/room/media/media-stage.tsx";
import { Notes } from "#components/room/notes/notes.tsx";
import { LayoutFrame } from "#components/room/panels/layout-frame.tsx";
import { PanelPart } from "#components/room/panels/panel-part.tsx";
import { RoomPanels } from "#components/room/panels/room-panels.tsx";
import { SessionBridge } from "#components/room/session/session-bridge.tsx";
import { TrackerConstellation } from "#components/room/trackers/tracker-constellation.tsx";
import { TrailMap } from "#components/room/trail/trail-map.tsx";
import { CHROME_NAME } from "#lib/client/xr/audit-coverage.ts";

/** Everything that stands in the room. Each part fails alone: see `PanelPart`. */
export function Scene() {
  return (
    <>
      <SessionBridge />
      <PanelPart name="input">
        <RoomInput />
      </PanelPart>
      <PanelPart name="live pages' input">
        <LiveInput />
      </PanelPart>
      <PanelPart name="environment">
        <Environment />
      </PanelPart>
      <PanelPart name="comfort">
        <Comfort />
      </PanelPart>
      <LayoutFrame>
        <RoomPanels />
        <PanelPart name="media">
          <MediaStage />
        </PanelPart>
        <PanelPart name="notes">
          <Notes />
        </PanelPart>
        <PanelPart name="trail">
          <TrailMap />
        </PanelPart>
        <PanelPart name="constellation">
          <TrackerConstellation />
        </PanelPart>
      </LayoutFrame>
      <group name={CHROME_NAME}>
        <PanelPart name="chrome">
          <RoomChrome />
        </PanelPart>
        <PanelPart name="keyboard">
          <RoomKeyboard />
        </PanelPart>
      </group>
    </>
  );
}
