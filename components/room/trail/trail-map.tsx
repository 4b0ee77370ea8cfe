import { useStore } from "zustand";
import { LinkThreads } from "#components/room/trail/link-threads.tsx";
import { TrailCards } from "#components/room/trail/trail-cards.tsx";
import { roomPartsStore } from "#lib/client/room/room-parts-store.ts";

/** Where one came from: threads between the panels and, when asked for, the whole trail as a map to stand in. */
export function TrailMap() {
  const isOpen = useStore(roomPartsStore, (parts) => parts.hasTrailMap);
  return (
    <>
      <LinkThreads />
      {isOpen && <TrailCards />}
    </>
  );
}
