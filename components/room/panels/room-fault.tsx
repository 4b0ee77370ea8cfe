import { setView } from "#lib/client/store/view-store.ts";
import { ROOM_FAULT_WORDS, type RoomFaultKind } from "#lib/core/room-ui/room-fault.ts";

/** Where the room cannot be drawn: says why, what helps, and leads back. */
export function RoomFault({ kind, onRetry }: { kind: RoomFaultKind; onRetry: () => void }) {
  const { title, text } = ROOM_FAULT_WORDS[kind];
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 px-6 text-center">
      <h1 className="text-xl font-semibold">{title}</h1>
      <p className="max-w-md text-muted">{text} Your panels are safe.</p>
      <div className="flex gap-2">
        <button
          type="button"
          className="min-h-11 rounded-control bg-accent px-4 font-medium text-on-accent"
          onClick={() => setView("flat")}
        >
          Back to the flat view
        </button>
        <button
          type="button"
          className="min-h-11 rounded-control border border-line px-4 font-medium"
          onClick={onRetry}
        >
          Try again
        </button>
      </div>
    </div>
  );
}
