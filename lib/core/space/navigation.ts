import { findPagePanel, PAGE_TOP, type Session, updatePanel } from "#lib/core/space/session.ts";
import type { EntryScroll, PageEntry, PagePanel, PageState } from "#lib/protocol/space.ts";

const ENTRIES_MAX = 100;

/** How a page is heard that nobody has changed. */
export const FULL_SOUND: NonNullable<PageState["sound"]> = { muted: false, volume: 1 };

function updatePage(session: Session, id: string, update: (panel: PagePanel) => PagePanel): Session {
  return updatePanel(session, id, (panel) => (panel.kind === "page" ? update(panel) : panel));
}

function withState(panel: PagePanel, change: Partial<PageState>): PagePanel {
  return { ...panel, state: { ...panel.state, ...change } };
}

/** Adds an entry after the current one and drops what was ahead. The same address again replaces its entry, as browsers do. */
export function navigate(session: Session, id: string, entry: { url: string; title?: string }): Session {
  return updatePage(session, id, (panel) => {
    const { entries, index } = panel.state;
    const added: PageEntry = { url: entry.url, title: entry.title ?? "", scroll: PAGE_TOP };
    const same = entries[index]?.url === entry.url;
    const next = [...entries.slice(0, same ? index : index + 1), added].slice(-ENTRIES_MAX);
    const moved = withState(panel, { entries: next, index: next.length - 1, url: entry.url });
    return { ...moved, title: entry.title ?? "" };
  });
}

/** What the page said about itself once it came: its final address, title and icon. Only for the entry it was asked for. */
export function commitPage(
  session: Session,
  id: string,
  { asked, url, title, icon }: { asked: string; url: string; title: string; icon: string | null },
): Session {
  return updatePage(session, id, (panel) => {
    const { entries, index } = panel.state;
    const current = entries[index];
    if (!current || current.url !== asked) return panel;
    const cut = title.slice(0, 1024);
    const committed = withState(panel, {
      entries: entries.with(index, { ...current, url, title: cut }),
      url,
      icon,
    });
    return { ...committed, title: cut };
  });
}

/** Remembers where the current entry is being read. */
export function saveScroll(session: Session, id: string, scroll: EntryScroll): Session {
  const y = Math.max(0, Math.round(scroll.y));
  return updatePage(session, id, (panel) => {
    const { entries, index } = panel.state;
    const current = entries[index];
    const known = current?.scroll;
    if (!known || (known.blockId === scroll.blockId && known.offset === scroll.offset && known.y === y))
      return panel;
    return withState(panel, { entries: entries.with(index, { ...current, scroll: { ...scroll, y } }) });
  });
}

/** Shows another entry of the panel's history. Out of range: the same session. */
export function goToEntry(session: Session, id: string, index: number): Session {
  return updatePage(session, id, (panel) => {
    const entry = panel.state.entries[index];
    if (!entry || index === panel.state.index) return panel;
    return { ...withState(panel, { index, url: entry.url, icon: null }), title: entry.title };
  });
}

export function canGo(session: Session, id: string | null, step: number): boolean {
  const panel = findPagePanel(session, id);
  return panel?.state.entries[panel.state.index + step] !== undefined;
}

/** Chooses what shows the panel's pages. The history stays. */
export function setEngine(session: Session, id: string, engine: PageState["engine"]): Session {
  return updatePage(session, id, (panel) =>
    panel.state.engine === engine ? panel : withState(panel, { engine }),
  );
}

/** Chooses the kind of device that live pages of the panel are laid out for. */
export function setMode(session: Session, id: string, mode: PageState["mode"]): Session {
  return updatePage(session, id, (panel) => (panel.state.mode === mode ? panel : withState(panel, { mode })));
}

/** How loud the panel's live pages are heard. Kept for whatever page comes next, as a browser does for a tab. */
export function setSound(session: Session, id: string, sound: NonNullable<PageState["sound"]>): Session {
  const { muted } = sound;
  const volume = Math.round(Math.min(1, Math.max(0, sound.volume)) * 100) / 100;
  return updatePage(session, id, (panel) => {
    const known = panel.state.sound ?? FULL_SOUND;
    return known.muted === muted && known.volume === volume
      ? panel
      : withState(panel, { sound: { muted, volume } });
  });
}

export function setZoom(session: Session, id: string, zoom: number): Session {
  const clamped = Math.min(5, Math.max(0.3, zoom));
  return updatePage(session, id, (panel) =>
    panel.state.zoom === clamped ? panel : withState(panel, { zoom: clamped }),
  );
}
