import { setView } from "#lib/client/store/view-store.ts";

/** Where the room cannot be drawn: says why, and leads back. */
export function RoomFault({ onRetry }: { onRetry: () => void }) {
  return (
    <div role="alert" className="flex h-full flex-col items-center justify-center gap-3 px-6 text-center">
      <h1 className="text-xl font-semibold">The room cannot be drawn here</h1>
      <p className="max-w-md text-muted">
        It needs WebGL, which this browser has switched off or lost. Your panels are safe in the flat view.
      </p>
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
