import { setView } from "#lib/client/store/view-store.ts";

/** While the graphics context is away. The panels themselves are safe in the store. */
export function LostNotice() {
  return (
    <div
      role="alert"
      className="absolute inset-x-0 top-4 mx-auto flex w-fit max-w-[90%] flex-wrap items-center justify-center gap-3 rounded-panel bg-raised px-4 py-3 text-ink shadow-float"
    >
      <p>This device has taken the room's picture away. It comes back by itself; your panels are safe.</p>
      <button
        type="button"
        className="min-h-11 rounded-control border border-line px-4 font-medium"
        onClick={() => setView("flat")}
      >
        Back to the flat view
      </button>
    </div>
  );
}
