import { AppWindow, Pencil, Plus, Trash2 } from "lucide-react";
import { useCallback, useEffect, useState } from "react";
import { Dialog } from "#components/ui/dialog.tsx";
import { IconButton } from "#components/ui/icon-button.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { openSpaceIds } from "#lib/client/store/claim-space.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { flushSession } from "#lib/client/store/persist-session.ts";
import { deleteSpace, listSpaces } from "#lib/client/store/session-db.ts";
import { readSession } from "#lib/core/space/read-session.ts";
import { type Session, withSpace } from "#lib/core/space/session.ts";

interface Listed {
  session: Session;
  savedAt: number;
  /** Another window shows it now. */
  elsewhere: boolean;
}

/** The arrangements of tabs kept on this device: each window shows one. */
export function SpacesDialog({ onClose }: { onClose: () => void }) {
  const [spaces, setSpaces] = useState<Listed[] | null>(null);
  const [renaming, setRenaming] = useState(false);
  const own = getSession().space.id;

  const refresh = useCallback(async () => {
    await flushSession();
    const [stored, open] = await Promise.all([listSpaces().catch(() => []), openSpaceIds()]);
    setSpaces(
      stored.flatMap(({ id, savedAt, session: value }) => {
        const session = readSession(value);
        return session ? [{ session, savedAt, elsewhere: id !== getSession().space.id && open.has(id) }] : [];
      }),
    );
  }, []);

  useEffect(() => void refresh(), [refresh]);

  return (
    <Dialog
      title="Spaces"
      description="A space is a set of tabs kept together. Each window shows one. Saved on this device only."
      onClose={onClose}
    >
      <ul className="flex flex-col gap-1 pt-2">
        {spaces?.map(({ session, savedAt, elsewhere }) => {
          const { id } = session.space;
          const isOwn = id === own;
          return (
            <li key={id} className="flex items-center gap-1">
              {isOwn && renaming ? (
                <RenameForm
                  onDone={() => {
                    setRenaming(false);
                    void refresh();
                  }}
                />
              ) : (
                <button
                  type="button"
                  disabled={elsewhere}
                  onClick={() => {
                    onClose();
                    runCommand("space.open", { spaceId: id });
                  }}
                  className="flex min-h-14 min-w-0 flex-1 items-center gap-3 rounded-control px-3 text-start hover:bg-hover disabled:hover:bg-transparent"
                >
                  <AppWindow
                    aria-hidden
                    className={isOwn ? "size-5 shrink-0 text-accent" : "size-5 shrink-0 text-muted"}
                  />
                  <span className="min-w-0">
                    <span className="block truncate text-sm font-medium">{spaceName(session)}</span>
                    <span className="block truncate text-xs text-muted">
                      {summaryOf(session, { isOwn, elsewhere, savedAt })}
                    </span>
                  </span>
                </button>
              )}
              {isOwn && !renaming && (
                <IconButton
                  label="Rename this space"
                  className="pointer-coarse:size-11"
                  onClick={() => setRenaming(true)}
                >
                  <Pencil aria-hidden className="size-4" />
                </IconButton>
              )}
              {!isOwn && !elsewhere && (
                <IconButton
                  label={`Delete ${spaceName(session)}`}
                  className="pointer-coarse:size-11"
                  onClick={() => void deleteSpace(id).then(refresh)}
                >
                  <Trash2 aria-hidden className="size-4" />
                </IconButton>
              )}
            </li>
          );
        })}
      </ul>
      <button
        type="button"
        onClick={() => {
          onClose();
          runCommand("space.new");
        }}
        className="mt-2 flex min-h-12 w-full items-center gap-3 rounded-control px-3 text-sm font-medium text-accent hover:bg-hover"
      >
        <Plus aria-hidden className="size-5" />
        New space
      </button>
    </Dialog>
  );
}

function RenameForm({ onDone }: { onDone: () => void }) {
  return (
    <form
      className="flex min-h-14 flex-1 items-center gap-2 px-3"
      onSubmit={(event) => {
        event.preventDefault();
        const name = String(new FormData(event.currentTarget).get("name") ?? "").trim();
        updateSession((session) => withSpace(session, { name: name.slice(0, 128) }));
        onDone();
      }}
    >
      <input
        name="name"
        aria-label="Name of this space"
        // biome-ignore lint/a11y/noAutofocus: the person just pressed Rename
        autoFocus
        defaultValue={getSession().space.name}
        maxLength={128}
        autoComplete="off"
        className="min-h-10 min-w-0 flex-1 rounded-control border border-line bg-raised px-3 text-sm"
      />
      <button
        type="submit"
        className="min-h-10 rounded-control bg-accent px-4 text-sm font-medium text-on-accent"
      >
        Save
      </button>
    </form>
  );
}

function spaceName({ space, activeId }: Session): string {
  if (space.name) return space.name;
  const shown = space.panels.find((panel) => panel.id === activeId) ?? space.panels[0];
  return shown ? panelName(shown) : "Empty space";
}

function summaryOf(
  { space }: Session,
  { isOwn, elsewhere, savedAt }: { isOwn: boolean; elsewhere: boolean; savedAt: number },
): string {
  const count = space.panels.length === 1 ? "1 tab" : `${space.panels.length} tabs`;
  if (isOwn) return `${count} · this window`;
  if (elsewhere) return `${count} · open in another window`;
  return `${count} · ${new Date(savedAt).toLocaleString([], { dateStyle: "medium", timeStyle: "short" })}`;
}
