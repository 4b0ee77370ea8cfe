import type { WorldScope } from "#services/live/world/world-scope.ts";

/** Tells which text field has the focus, so that a phone's keyboard can mirror it, and selects in it. */
export function watchField(qui: WorldScope): void {
  const EVERY_MS = 30;
  const VALUE_MAX = 20_000;
  const NO_TEXT =
    /^(?:button|submit|reset|image|checkbox|radio|range|color|file|hidden|date|time|datetime-local|month|week)$/;
  let told = "null";
  let timer: ReturnType<typeof setTimeout> | null = null;

  type Field = HTMLInputElement | HTMLTextAreaElement | HTMLElement;

  function focusedField(): Field | null {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    if (element instanceof HTMLTextAreaElement) return element.readOnly || element.disabled ? null : element;
    if (element instanceof HTMLInputElement)
      return NO_TEXT.test(element.type) || element.readOnly || element.disabled ? null : element;
    return element instanceof HTMLElement && element.isContentEditable ? element : null;
  }

  const isInput = (field: Field): field is HTMLInputElement | HTMLTextAreaElement =>
    field instanceof HTMLInputElement || field instanceof HTMLTextAreaElement;

  function textBefore(field: Field, node: Node, offset: number): number {
    const range = document.createRange();
    range.selectNodeContents(field);
    range.setEnd(node, offset);
    return range.toString().length;
  }

  function selectionOf(field: Field): { start: number; end: number } {
    if (isInput(field)) {
      // Numbers, dates and addresses tell no caret; it is taken to stand at the end.
      const end = field.selectionEnd ?? field.value.length;
      return { start: field.selectionStart ?? end, end };
    }
    const selection = getSelection();
    if (!selection?.rangeCount || !field.contains(selection.anchorNode)) return { start: 0, end: 0 };
    const range = selection.getRangeAt(0);
    return {
      start: textBefore(field, range.startContainer, range.startOffset),
      end: textBefore(field, range.endContainer, range.endOffset),
    };
  }

  function fieldFacts(field: Field) {
    const type = isInput(field)
      ? field instanceof HTMLTextAreaElement
        ? "textarea"
        : field.type
      : "contenteditable";
    const value = isInput(field) ? field.value : (field.textContent ?? "");
    const { x, y, width, height } = field.getBoundingClientRect();
    const { start, end } = selectionOf(field);
    return {
      rect: { x, y, width, height },
      field: type,
      inputMode: field.inputMode.slice(0, 32),
      enterKeyHint: field.enterKeyHint.slice(0, 32),
      autocapitalize: field.autocapitalize.slice(0, 32),
      autocomplete: (field.getAttribute("autocomplete") ?? "").slice(0, 64),
      spellcheck: field.spellcheck,
      multiline: type === "textarea" || type === "contenteditable",
      // A secret stays where it was typed.
      value: type === "password" || value.length > VALUE_MAX ? "" : value,
      length: value.length,
      selectionStart: start,
      selectionEnd: end,
    };
  }

  function tell(): void {
    timer = null;
    const element = document.hasFocus() ? focusedField() : null;
    const field = element && fieldFacts(element);
    const text = JSON.stringify(field);
    if (text === told) return;
    told = text;
    qui.report({ kind: "field", field });
  }

  const note = () => {
    if (timer === null) timer = setTimeout(tell, EVERY_MS);
  };
  for (const name of ["focusin", "focusout", "input", "scroll", "keyup", "change"])
    window.addEventListener(name, note, { capture: true, passive: true });
  for (const name of ["focus", "blur", "resize"]) window.addEventListener(name, note, { passive: true });
  document.addEventListener("selectionchange", note, { capture: true, passive: true });

  function pointAt(root: Node, offset: number): { node: Node; offset: number } {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    let left = offset;
    let last: Node = root;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const length = node.nodeValue?.length ?? 0;
      if (left <= length) return { node, offset: left };
      left -= length;
      last = node;
    }
    return { node: last, offset: last === root ? root.childNodes.length : (last.nodeValue?.length ?? 0) };
  }

  qui.offer("selectRange", (from: number, to: number) => {
    const field = focusedField();
    if (!field) return false;
    const now = selectionOf(field);
    if (now.start === from && now.end === to) return true;
    if (isInput(field)) {
      try {
        field.setSelectionRange(from, to);
      } catch {
        // Numbers and addresses know no ranges: their whole text is replaced, or typed at its end.
        if (to > from) field.select();
      }
      return true;
    }
    const start = pointAt(field, from);
    const end = pointAt(field, to);
    getSelection()?.setBaseAndExtent(start.node, start.offset, end.node, end.offset);
    return true;
  });
}
