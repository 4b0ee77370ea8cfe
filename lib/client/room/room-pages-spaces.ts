import { createStore } from "zustand/vanilla";
import { runCommand } from "#lib/client/commands/registry.ts";
import { commandRow } from "#lib/client/room/room-pages-space.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { openSpaceIds } from "#lib/client/store/claim-space.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { flushSession } from "#lib/client/store/persist-session.ts";
import { listSpaces } from "#lib/client/store/session-db.ts";
import type { RoomPage } from "#lib/core/room-ui/room-page.ts";
import { readSession } from "#lib/core/space/read-session.ts";

interface ListedSpace {
  id: string;
  name: string;
  panelCount: number;
  /** Another window shows it now. */
  elsewhere: boolean;
}

/** The spaces kept on this device, read when their page opens; null until then. */
export const roomSpacesStore = createStore<{ spaces: readonly ListedSpace[] | null }>(() => ({
  spaces: null,
}));

export async function refreshRoomSpaces(): Promise<void> {
  await flushSession();
  const [stored, open] = await Promise.all([listSpaces().catch(() => []), openSpaceIds()]);
  const own = browserStore.getState().session.space.id;
  const spaces = stored.flatMap(({ id, session: value }) => {
    const session = readSession(value);
    if (!session) return [];
    const { name, panels } = session.space;
    return [
      {
        id,
        name: name || panelName(panels.find((panel) => panel.id === session.activeId) ?? panels[0]),
        panelCount: panels.length,
        elsewhere: id !== own && open.has(id),
      },
    ];
  });
  roomSpacesStore.setState({ spaces });
}

export function spacesPage(): RoomPage {
  const { spaces } = roomSpacesStore.getState();
  const own = browserStore.getState().session.space.id;
  return {
    title: "Spaces",
    note: spaces === null ? "The spaces are being read…" : "",
    rows: [
      ...(spaces ?? []).map(({ id, name, panelCount, elsewhere }) => ({
        id,
        label: name,
        detail: `${panelCount} ${panelCount === 1 ? "panel" : "panels"}${elsewhere ? " · open in another window" : ""}`,
        icon: "spaces" as const,
        checked: id === own,
        disabled: elsewhere || id === own,
        action: { type: "call" as const, run: () => void runCommand("space.open", { spaceId: id }) },
      })),
      ...commandRow("space.new", { icon: "add" }),
    ],
  };
}
