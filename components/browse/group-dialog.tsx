import { useStore } from "zustand";
import { Dialog } from "#components/ui/dialog.tsx";
import { browserStore, updateSession } from "#lib/client/store/browser-store.ts";
import { updateGroup } from "#lib/core/space/panels.ts";

/** Names a group of tabs. */
export function GroupDialog({ groupId, onClose }: { groupId: string; onClose: () => void }) {
  const group = useStore(browserStore, ({ session }) =>
    session.space.layout.groups.find(({ id }) => id === groupId),
  );
  if (!group) return null;
  return (
    <Dialog title="Name this group" size="small" onClose={onClose}>
      <form
        className="flex flex-col gap-4 pt-1"
        onSubmit={(event) => {
          event.preventDefault();
          const title = new FormData(event.currentTarget).get("title");
          updateSession((session) =>
            updateGroup(session, groupId, {
              title: String(title ?? "")
                .trim()
                .slice(0, 128),
            }),
          );
          onClose();
        }}
      >
        <input
          name="title"
          data-autofocus
          aria-label="Name"
          defaultValue={group.title}
          placeholder="Work, a trip, a question…"
          maxLength={128}
          autoComplete="off"
          className="min-h-11 rounded-control border border-line bg-raised px-3 text-base placeholder:text-muted"
        />
        <button
          type="submit"
          className="min-h-10 self-end rounded-control bg-accent px-5 text-sm font-medium text-on-accent hover:opacity-90"
        >
          Save
        </button>
      </form>
    </Dialog>
  );
}
