import { getLiveTab, type LiveField, type LiveTab, watchLiveTabs } from "#lib/client/live/live-tab.ts";
import {
  applyTextEdit,
  closeTextEntry,
  requestTextEntry,
  textEntryStore,
} from "#lib/client/room/text-entry.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { createFieldMirror, type FieldMirror } from "#lib/core/live/field-mirror.ts";
import type { LiveModifiers } from "#lib/protocol/live.ts";

const NO_KEYS: LiveModifiers = { alt: false, ctrl: false, meta: false, shift: false };
/** A press that leaves the field tells so within this; otherwise the field is still meant. */
const PRESS_SETTLES_MS = 400;

interface Typing {
  tab: LiveTab;
  mirror: FieldMirror;
}

let typing: Typing | null = null;
let pressedByMouse = true;
let pressTimer: ReturnType<typeof setTimeout> | undefined;

/** A live panel was pressed: whoever uses a mouse has a keyboard, and a field pressed again wants its own back. */
export function noteLivePress(panelId: string, byMouse: boolean): void {
  pressedByMouse = byMouse;
  clearTimeout(pressTimer);
  pressTimer = setTimeout(() => {
    const tab = getLiveTab(panelId);
    const { field } = tab?.store.getState() ?? {};
    if (tab && field && !typing) open(tab, field);
  }, PRESS_SETTLES_MS);
}

/**
 * While a text field of the active live page has the focus, the room's keyboard is
 * open for it, where nobody can be expected to have another. Returns how to stop.
 */
export function followLiveFields(): () => void {
  let followed: LiveTab | null = null;
  let stopField = (): void => {};
  const follow = () => {
    const next = getLiveTab(getSession().activeId ?? "") ?? null;
    if (next === followed) return;
    stopField();
    stop();
    followed = next;
    if (!next) return;
    stopField = next.store.subscribe(({ field }, before) => {
      if (field !== before.field) take(next, field, before.field);
    });
    const { field } = next.store.getState();
    if (field) open(next, field);
  };
  follow();
  const stopTabs = watchLiveTabs(follow);
  const stopSession = browserStore.subscribe(({ session }, previous) => {
    if (session.activeId !== previous.session.activeId) follow();
  });
  const stopViews = viewStore.subscribe(({ view }, previous) => {
    const field = followed?.store.getState().field;
    if (view === "immersive" && previous.view !== "immersive" && followed && field) open(followed, field);
    else if (view !== "immersive" && previous.view === "immersive") stop();
  });
  return () => {
    clearTimeout(pressTimer);
    stopField();
    stopTabs();
    stopSession();
    stopViews();
    stop();
  };
}

function take(tab: LiveTab, field: LiveField | null, before: LiveField | null): void {
  if (!field) {
    if (typing?.tab === tab) stop();
    return;
  }
  if (!typing) {
    if (!before || !isSameField(field, before)) open(tab, field);
    return;
  }
  if (before && !isSameField(field, before)) {
    open(tab, field);
    return;
  }
  const text = typing.mirror.adopt(field);
  if (text === null) return;
  const { selectionStart, selectionEnd } = field;
  applyTextEdit({ type: "set", text, anchor: selectionStart, caret: selectionEnd });
}

function open(tab: LiveTab, field: LiveField): void {
  if (!wantsKeyboard()) return;
  const secret = field.field === "password";
  const mirror = createFieldMirror(field);
  requestTextEntry({
    purpose: "field",
    label: LABELS[field.field] ?? "Text for the page",
    text: mirror.text,
    select: "end",
    secret,
    panelId: tab.panelId,
    staysOpen: true,
    onChange(text) {
      for (const message of mirror.change(text, textEntryStore.getState().caret)) tab.send(message);
    },
    onSubmit() {
      const key = { key: "Enter", code: "Enter", location: 0, repeat: false, modifiers: NO_KEYS };
      tab.send({ type: "key", kind: "down", ...key });
      tab.send({ type: "key", kind: "up", ...key });
    },
    onClose() {
      if (typing?.mirror === mirror) typing = null;
    },
  });
  // Only now: the request before, perhaps our own, has been closed by this one.
  typing = { tab, mirror };
}

function stop(): void {
  if (!typing) return;
  typing = null;
  closeTextEntry();
}

/** In a headset always; on a screen where it is touched, and the keys are not at hand. */
function wantsKeyboard(): boolean {
  const { view } = viewStore.getState();
  return view === "immersive" || (view === "room" && !pressedByMouse);
}

/** Told anew with every letter: another field is one of another kind, or in another place of the page's width. */
function isSameField(a: LiveField, b: LiveField): boolean {
  return a.field === b.field && a.rect.x === b.rect.x && a.rect.width === b.rect.width;
}

const LABELS: Readonly<Record<string, string>> = {
  password: "Password for the page",
  email: "E-mail address for the page",
  search: "Words to search the page's site for",
  tel: "Telephone number for the page",
  url: "Address for the page",
  number: "Number for the page",
};
