import { Environment } from "#components/room/environment/environment.tsx";
import { RoomPanels } from "#components/room/panels/room-panels.tsx";

/** Everything that stands in the room. Each part fails alone: see `PartBoundary`. */
export function Scene() {
  return (
    <>
      <Environment />
      <RoomPanels />
    </>
  );
}
