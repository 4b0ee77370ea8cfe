import {
  applyTextEdit,
  closeTextEntry,
  submitTextEntry,
  textEntryStore,
} from "#lib/client/room/text-entry.ts";

/**
 * The device's own keyboard, where a session offers it (`isSystemKeyboardSupported`,
 * WebXR Device API): it opens for a focused field of the page and writes into that.
 * The field is invisible and its text is kept the same as the room's. Returns how to stop.
 */
export function lendSystemKeyboard(): () => void {
  const field = document.createElement("input");
  field.type = "text";
  field.autocomplete = "off";
  field.setAttribute("autocapitalize", "none");
  field.setAttribute("aria-label", "Text being typed in the room");
  field.tabIndex = -1;
  Object.assign(field.style, {
    position: "fixed",
    bottom: "0",
    left: "0",
    width: "1px",
    height: "1px",
    opacity: "0",
  });
  document.body.append(field);

  const take = () => {
    const { text, selection } = textEntryStore.getState();
    if (field.value !== text) field.value = text;
    if (field.selectionStart !== selection.start || field.selectionEnd !== selection.end) {
      field.setSelectionRange(selection.start, selection.end);
    }
  };
  const give = () => {
    const end = field.value.length;
    const { selectionStart, selectionEnd } = field;
    applyTextEdit({
      type: "set",
      text: field.value,
      anchor: selectionStart ?? end,
      caret: selectionEnd ?? end,
    });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.isComposing || (event.key !== "Enter" && event.key !== "Escape")) return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Enter") submitTextEntry();
    else closeTextEntry();
  };
  field.addEventListener("input", give);
  field.addEventListener("keydown", onKeyDown);

  const unsubscribe = textEntryStore.subscribe((state, previous) => {
    if (!state.open) {
      if (previous.open) field.blur();
      return;
    }
    take();
    if (state.openCount !== previous.openCount) {
      field.type = state.secret ? "password" : "text";
      field.inputMode = state.purpose === "omnibox" ? "url" : "text";
      field.enterKeyHint = state.purpose === "omnibox" ? "go" : "done";
      field.focus({ preventScroll: true });
    }
  });
  return () => {
    unsubscribe();
    field.remove();
  };
}
