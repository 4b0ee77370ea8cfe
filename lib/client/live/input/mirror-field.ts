import type { LiveField, LiveTab } from "#lib/client/live/live-tab.ts";
import { diffField } from "#lib/core/live/field-edit.ts";

/** A page needs a moment to take an edit in, beside the way there and back; until then what it tells is old. */
const ECHO_MS = 700;
/** So many of the values told to the page may still come back as news. */
const RECENT_MAX = 32;

/** What a phone's keyboard is told to be for inputs that name none. */
const INPUT_MODES: Readonly<Record<string, string>> = {
  email: "email",
  url: "url",
  tel: "tel",
  number: "decimal",
  search: "search",
};

export interface FieldMirror {
  /** Native editing goes to the mirror and from there to the page, as a phone's keyboard needs it. */
  isMirroring(): boolean;
  /** Whether an edit of this key would change the mirror: an empty one has nothing to delete. */
  canEdit(key: string): boolean;
  /**
   * A key or a press went to the page by itself. Until the page has told what came of it, places in the mirror may
   * be old: what is typed goes to the page's own caret.
   */
  unsettle(): void;
  focus(): void;
  dispose(): void;
}

export interface FieldMirrorOptions {
  tab: LiveTab;
  /** For everything of several lines, and for keys alone. */
  area: HTMLTextAreaElement;
  /** For fields of one line. */
  line: HTMLInputElement;
  /** Whether the person last used a finger, and so has a keyboard on the glass. */
  isTouch: () => boolean;
}

/**
 * Keeps a hidden field equal to the one that has the focus in the page, so that
 * keyboards on glass, autocorrection, dictation and input methods have a text to
 * work on. What they change is told to the page as replacements.
 */
export function mirrorField({ tab, area, line, isTouch }: FieldMirrorOptions): FieldMirror {
  const abort = new AbortController();
  const { signal } = abort;
  let current: HTMLTextAreaElement | HTMLInputElement = area;
  let field: LiveField | null = null;
  let known = "";
  let knownCaret = 0;
  let editedAt = Number.NEGATIVE_INFINITY;
  let composing = false;
  let later: ReturnType<typeof setTimeout> | undefined;
  let settling: ReturnType<typeof setTimeout> | undefined;
  /** How much went to the page's own caret since the mirror last equalled its field. */
  let unsettled = 0;
  const recent: string[] = [];

  const isMirroring = () => field !== null && isTouch();
  const echoMs = () => ECHO_MS + (tab.store.getState().roundTripMs ?? 0);
  const hasFocus = () => document.activeElement === area || document.activeElement === line;

  function show(next: LiveField | null): void {
    const before = field;
    field = next;
    const target = next && !next.multiline ? line : area;
    describeField(target, next);
    if (target !== current) {
      const focused = hasFocus();
      target.value = current.value;
      current.value = "";
      current = target;
      if (focused) current.focus({ preventScroll: true });
    } else if (before === null && next && isTouch() && hasFocus()) {
      // The keyboard opens once the field says that it takes text.
      current.blur();
      current.focus({ preventScroll: true });
    }
    if (unsettled === 0) sync();
    // The one thing it was sent has changed its text: what it tells now is new.
    else if (unsettled === 1 && next && next.field !== "password" && !recent.includes(next.value)) sync(true);
  }

  function unsettle(): void {
    if (!isTouch()) return;
    unsettled += 1;
    clearTimeout(settling);
    settling = setTimeout(sync, echoMs());
  }

  /** Takes the page's text over, unless it may not know the latest edit yet. */
  function sync(isNew = false): void {
    clearTimeout(later);
    if (composing) return;
    const wait = isNew ? 0 : editedAt + echoMs() - performance.now();
    const value = field ? textOf(field) : "";
    if (value !== current.value && wait > 0) {
      later = setTimeout(sync, wait);
      return;
    }
    known = value;
    unsettled = 0;
    clearTimeout(settling);
    if (current.value !== value) current.value = value;
    if (!field || wait > 0) return;
    knownCaret = field.selectionEnd;
    if (current.selectionStart !== field.selectionStart || current.selectionEnd !== field.selectionEnd)
      current.setSelectionRange(field.selectionStart, field.selectionEnd);
  }

  function takeInput(): void {
    if (composing && !isMirroring()) return;
    const { value } = current;
    const caret = current.selectionEnd ?? value.length;
    if (!field) {
      if (value !== "") {
        tab.send({ type: "text", text: value });
        unsettle();
      }
      current.value = "";
      known = "";
      return;
    }
    const edit = diffField(known, value, caret);
    const removed = edit ? [...known.slice(edit.from, edit.to)].length : 0;
    known = value;
    knownCaret = caret;
    editedAt = performance.now();
    recent.push(value);
    if (recent.length > RECENT_MAX) recent.shift();
    if (!edit) return;
    // Beside keys, which the mirror does not see, a place in it may be old: text goes to where the page's caret is.
    if (!isTouch() && edit.from === edit.to) tab.send({ type: "text", text: edit.text });
    else if (unsettled > 0 && caret === edit.from + edit.text.length) {
      for (let turn = 0; turn < removed; turn += 1) sendBackspace(tab);
      if (edit.text) tab.send({ type: "text", text: edit.text });
      unsettle();
    } else tab.send({ type: "edit", ...edit, caret });
  }

  function endComposition(event: CompositionEvent): void {
    composing = false;
    if (isMirroring()) {
      takeInput();
      return;
    }
    if (event.data) tab.send({ type: "text", text: event.data });
    else tab.send({ type: "compose", text: "", selectionStart: 0, selectionEnd: 0 });
    current.value = known;
    editedAt = performance.now();
    later = setTimeout(sync, ECHO_MS);
  }

  for (const element of [area, line] as HTMLElement[]) {
    element.addEventListener("input", takeInput, { signal });
    element.addEventListener(
      "compositionstart",
      () => {
        composing = true;
      },
      { signal },
    );
    element.addEventListener(
      "compositionupdate",
      (event) => {
        if (isMirroring()) return;
        const text = event.data.slice(0, 1000);
        tab.send({ type: "compose", text, selectionStart: text.length, selectionEnd: text.length });
      },
      { signal },
    );
    element.addEventListener("compositionend", endComposition, { signal });
  }
  // A caret moved by the keyboard's own space bar or handles.
  document.addEventListener(
    "selectionchange",
    () => {
      if (!isMirroring() || composing || unsettled > 0 || document.activeElement !== current) return;
      const caret = current.selectionEnd ?? 0;
      if (caret === knownCaret || current.value !== known || current.selectionStart !== caret) return;
      knownCaret = caret;
      tab.send({ type: "edit", from: caret, to: caret, text: "", caret });
    },
    { signal },
  );
  show(tab.store.getState().field);
  const unsubscribe = tab.store.subscribe((state, before) => {
    if (state.field !== before.field) show(state.field);
  });

  return {
    isMirroring,
    canEdit: (key) =>
      key.length === 1 ||
      (unsettled === 0 &&
        ((key === "Backspace" && (current.selectionEnd ?? 0) > 0) ||
          (key === "Delete" && (current.selectionStart ?? 0) < current.value.length))),
    unsettle() {
      recent.push(known);
      if (recent.length > RECENT_MAX) recent.shift();
      unsettle();
    },
    focus: () => current.focus({ preventScroll: true }),
    dispose() {
      abort.abort();
      unsubscribe();
      clearTimeout(later);
      clearTimeout(settling);
    },
  };
}

function sendBackspace(tab: LiveTab): void {
  const modifiers = { alt: false, ctrl: false, meta: false, shift: false };
  const key = { key: "Backspace", code: "Backspace", location: 0, modifiers, repeat: false };
  tab.send({ type: "key", kind: "down", ...key });
  tab.send({ type: "key", kind: "up", ...key });
}

/** A password's letters are not told; dots of its length give a keyboard something to delete. */
function textOf({ field, value, length }: LiveField): string {
  return field === "password" ? "•".repeat(Math.min(length, 1000)) : value;
}

function describeField(element: HTMLTextAreaElement | HTMLInputElement, field: LiveField | null): void {
  const isSecret = field?.field === "password";
  if (element instanceof HTMLInputElement) element.type = isSecret ? "password" : "text";
  element.inputMode = field ? field.inputMode || INPUT_MODES[field.field] || "text" : "none";
  element.enterKeyHint = field?.enterKeyHint ?? "";
  element.autocapitalize = isSecret ? "off" : field?.autocapitalize || "sentences";
  element.spellcheck = !isSecret && (field?.spellcheck ?? false);
  // The person's own browser must neither fill in nor keep what is typed into another site.
  element.autocomplete = isSecret ? "new-password" : "off";
  element.setAttribute("autocorrect", isSecret || !field?.spellcheck ? "off" : "on");
}
