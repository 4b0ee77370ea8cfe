import { browserStore, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { claimSpace, claimsHold, openSpaceIds, releaseSpace } from "#lib/client/store/claim-space.ts";
import { createId } from "#lib/client/store/create-id.ts";
import {
  deleteSpace,
  getSpace,
  listSpaces,
  prepareStorage,
  putOwnSpace,
  putSpace,
  type SpaceSummary,
} from "#lib/client/store/session-db.ts";
import { DEFAULT_ENVIRONMENT } from "#lib/core/environment/environments.ts";
import { readSession, storableSession } from "#lib/core/space/read-session.ts";
import { createSession, isBlank, type Session } from "#lib/core/space/session.ts";

const WINDOW_KEY = "qui-window-space";
const SAVE_DELAY_MS = 250;
/** How long a reloaded window waits for its former self to let go of the space. */
const RELOAD_WAIT_MS = 1500;
const UNNAMED_SPACES_MAX = 40;

let storedVersion = 0;
let timer: ReturnType<typeof setTimeout> | undefined;
let writing: Promise<void> = Promise.resolve();
let started: Promise<void> | undefined;
let lastSaved: Session | undefined;

/**
 * Brings this window's panels back, then keeps them. A reloaded window gets its
 * own space; a new one gets the space used last that no other window has open, or
 * a fresh one. Panels opened before this finished stay. Idempotent.
 */
export function startPersistence(): Promise<void> {
  started ??= start();
  return started;
}

async function start(): Promise<void> {
  let restored: Session | null = null;
  try {
    restored = await restore();
  } catch {
    // Storage is switched off or broken: Qui works, and this window's panels end with it.
  }
  const early = getSession().space.panels;
  if (restored) {
    adopt(restored, early);
  } else {
    const { id } = getSession().space;
    await claimSpace(id);
    rememberWindow(id);
    browserStore.setState({ status: "ready" });
  }
  browserStore.subscribe((state, previous) => {
    if (state.session !== previous.session) schedule();
  });
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") void flushSession();
  });
  window.addEventListener("pagehide", writeAtOnce);
  if (early.length > 0) schedule();
}

function adopt(restored: Session, early: Session["space"]["panels"]): void {
  const current = getSession();
  const session: Session =
    early.length === 0
      ? restored
      : {
          ...restored,
          space: { ...restored.space, panels: [...restored.space.panels, ...early] },
          activeId: current.activeId,
        };
  updateSession(() => session);
  browserStore.setState({ status: "ready" });
  rememberWindow(session.space.id);
}

async function restore(): Promise<Session | null> {
  const own = readWindow();
  if (own !== null) {
    const stored = await getSpace(own);
    const session = readSession(stored?.session);
    if (await claimSpace(own, isReturn() ? RELOAD_WAIT_MS : 0)) {
      storedVersion = stored?.version ?? 0;
      return session ?? createSession(own);
    }
    // The real browser copied this window: the copy goes its own way.
    return session ? forkOf(session) : null;
  }
  const spaces = await listSpaces();
  void forgetOldSpaces(spaces);
  for (const summary of spaces) {
    const session = readSession(summary.session);
    const isUsed = session && !(session.space.panels.every(isBlank) && session.space.notes.length === 0);
    if (!isUsed || !(await claimSpace(summary.id))) continue;
    // Read again: the window that just let go may have written since.
    const stored = await getSpace(summary.id);
    storedVersion = stored?.version ?? 0;
    return readSession(stored?.session) ?? session;
  }
  return null;
}

/** Every window leaves a space behind; those without a name are kept as long as there are not too many. */
async function forgetOldSpaces(spaces: readonly SpaceSummary[]): Promise<void> {
  const open = await openSpaceIds();
  const unnamed = spaces.filter(({ id, session }) => !open.has(id) && !readSession(session)?.space.name);
  for (const { id } of unnamed.slice(UNNAMED_SPACES_MAX)) await deleteSpace(id);
}

function isReturn(): boolean {
  const [entry] = performance.getEntriesByType("navigation");
  return entry instanceof PerformanceNavigationTiming && entry.type !== "navigate";
}

function forkOf(session: Session): Session {
  const id = createId();
  storedVersion = 0;
  void claimSpace(id);
  return { ...session, space: { ...session.space, id, version: 0 } };
}

function schedule(): void {
  timer ??= setTimeout(() => void flushSession(), SAVE_DELAY_MS);
}

/** Writes what has changed now. Safe to call at any time; writes never overlap. */
export function flushSession(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  if (browserStore.getState().status !== "ready") return writing;
  writing = writing.then(write, write).catch(() => {
    // Storage is full or gone. The panels stay open; the next change tries again.
  });
  return writing;
}

/** The last chance: the page is going away. */
function writeAtOnce(): void {
  const session = getSession();
  if (browserStore.getState().status !== "ready") return;
  const storable = storableSession(session);
  if (isEmpty(storable)) return;
  // Also when nothing changed: the window closed last is the one to come back first.
  lastSaved = session;
  storedVersion += 1;
  const { space } = storable;
  // A page that is gone can no longer be told of a failure.
  putOwnSpace(space.id, { ...storable, space: { ...space, version: storedVersion } }, storedVersion).catch(
    () => undefined,
  );
}

/** Nothing anybody would look for: no name, no notes, surroundings as they come, and only tabs that were never used. */
function isEmpty({ space, closed }: Session): boolean {
  const isFurnished =
    Boolean(space.name) || space.notes.length > 0 || space.environment !== DEFAULT_ENVIRONMENT;
  return space.panels.every(isBlank) && closed.length === 0 && !isFurnished;
}

async function write(): Promise<void> {
  const session = getSession();
  if (session === lastSaved) return;
  const storable = storableSession(session);
  const { id } = session.space;
  lastSaved = session;
  if (isEmpty(storable)) {
    if (storedVersion > 0) await deleteSpace(id);
    storedVersion = 0;
    return;
  }
  const record = { ...storable, space: { ...storable.space, version: storedVersion + 1 } };
  if (claimsHold()) {
    await prepareStorage();
    storedVersion += 1;
    return putOwnSpace(id, record, storedVersion);
  }
  const version = await putSpace(id, record, storedVersion);
  if (version !== null) {
    storedVersion = version;
    return;
  }
  // Another window wrote this space, which can only happen without locks: keep both.
  const fork = forkOf(getSession());
  rememberWindow(fork.space.id);
  updateSession((current) => ({ ...current, space: { ...current.space, id: fork.space.id } }));
}

/** Shows another saved space in this window, or a fresh one; null when another window has it open. */
export async function switchSpace(id: string | null): Promise<boolean> {
  const target = id ?? createId();
  if (target === getSession().space.id) return true;
  await flushSession();
  const keep = getSession().space.id;
  releaseSpace();
  if (!(await claimSpace(target))) {
    await claimSpace(keep);
    return false;
  }
  const stored = id === null ? null : await getSpace(target);
  storedVersion = stored?.version ?? 0;
  const session = readSession(stored?.session) ?? createSession(target);
  lastSaved = session;
  updateSession(() => session);
  rememberWindow(target);
  return true;
}

function readWindow(): string | null {
  try {
    return sessionStorage.getItem(WINDOW_KEY);
  } catch {
    return null; // Storage is switched off.
  }
}

function rememberWindow(id: string): void {
  try {
    sessionStorage.setItem(WINDOW_KEY, id);
  } catch {
    // Storage is switched off: a reload starts afresh.
  }
}
