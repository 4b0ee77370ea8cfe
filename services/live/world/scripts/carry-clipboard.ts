import type { WorldScope } from "#services/live/world/world-scope.ts";

/**
 * Chromium's clipboard is one for all tabs of a node, so nothing of a page goes into it and
 * nothing comes out: what is copied is told to the visitor's device, what is pasted comes from it.
 */
export function carryClipboard(qui: WorldScope): void {
  const MAX = 500_000;

  function focusedElement(): Element | null {
    let element = document.activeElement;
    while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
    return element;
  }

  const isText = (element: Element | null): element is HTMLInputElement | HTMLTextAreaElement =>
    element instanceof HTMLTextAreaElement ||
    (element instanceof HTMLInputElement && element.selectionStart !== null);

  /** With the marks that stand around all of it: a word out of a bold line stays bold. */
  function copyOf(range: Range): Node {
    let copy: Node = range.cloneContents();
    const common = range.commonAncestorContainer;
    let around = common instanceof Element ? common : common.parentElement;
    for (; around && getComputedStyle(around).display === "inline"; around = around.parentElement) {
      const mark = around.cloneNode(false);
      mark.appendChild(copy);
      copy = mark;
    }
    return copy;
  }

  function selected(): { text: string; html: string } {
    const element = focusedElement();
    if (isText(element)) {
      const isSecret = element instanceof HTMLInputElement && element.type === "password";
      const text = element.value.slice(element.selectionStart ?? 0, element.selectionEnd ?? 0);
      return { text: isSecret ? "" : text.slice(0, MAX), html: "" };
    }
    const selection = getSelection();
    if (!selection || selection.isCollapsed) return { text: "", html: "" };
    // A document of its own: nothing in the copy is loaded or run.
    const box = document.implementation.createHTMLDocument("").createElement("div");
    for (let index = 0; index < selection.rangeCount; index++)
      box.append(copyOf(selection.getRangeAt(index)));
    return { text: selection.toString().slice(0, MAX), html: box.innerHTML.slice(0, MAX) };
  }

  function target(): EventTarget {
    const element = focusedElement();
    if (element && element !== document.body) return element;
    const node = getSelection()?.anchorNode;
    return (node instanceof Element ? node : node?.parentElement) ?? document.body ?? document;
  }

  /** The page may put something else on the clipboard than what is selected. */
  function collect(kind: "copy" | "cut"): { text: string; html: string; taken: boolean } {
    const clipboardData = new DataTransfer();
    const event = new ClipboardEvent(kind, {
      clipboardData,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    const taken = !target().dispatchEvent(event);
    if (!taken) return { ...selected(), taken };
    const text = clipboardData.getData("text/plain").slice(0, MAX);
    return { text, html: clipboardData.getData("text/html").slice(0, MAX), taken };
  }

  for (const kind of ["copy", "cut"] as const) {
    window.addEventListener(
      kind,
      (event) => {
        if (!event.isTrusted) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        const { text, html, taken } = collect(kind);
        if (kind === "cut" && !taken) document.execCommand("delete");
        if (text || html) qui.report({ kind: "copied", text, html });
      },
      { capture: true },
    );
  }
  window.addEventListener(
    "paste",
    (event) => {
      if (!event.isTrusted) return;
      event.preventDefault();
      event.stopImmediatePropagation();
    },
    { capture: true },
  );

  qui.offer("copy", (cut: boolean) => {
    const { text, html, taken } = collect(cut ? "cut" : "copy");
    if (cut && !taken && (text || html)) document.execCommand("delete");
    return { text, html };
  });

  /** Holds what is about to be pasted, and stands in no document. */
  let holder: HTMLInputElement | null = null;
  qui.offer("holdFiles", () => {
    holder = document.createElement("input");
    holder.type = "file";
    holder.multiple = true;
    return holder;
  });

  qui.offer("paste", (text: string, html: string) => {
    const clipboardData = new DataTransfer();
    for (const file of holder?.files ?? []) clipboardData.items.add(file);
    holder = null;
    const hasFiles = clipboardData.files.length > 0;
    if (text || !hasFiles) clipboardData.setData("text/plain", text);
    if (html) clipboardData.setData("text/html", html);
    const event = new ClipboardEvent("paste", {
      clipboardData,
      bubbles: true,
      cancelable: true,
      composed: true,
    });
    if (!target().dispatchEvent(event)) return;
    const element = focusedElement();
    if (hasFiles && element instanceof HTMLInputElement && element.type === "file" && !element.disabled) {
      element.files = clipboardData.files;
      element.dispatchEvent(new Event("input", { bubbles: true, composed: true }));
      element.dispatchEvent(new Event("change", { bubbles: true }));
      return;
    }
    const isRich = html && element instanceof HTMLElement && element.isContentEditable;
    if (isRich && pasteHtml(html)) return;
    if (text) document.execCommand("insertText", false, text);
  });

  /** Without anything that could run, as Chromium's own paste does it. False: the page forbids markup from scripts. */
  function pasteHtml(html: string): boolean {
    try {
      const box = document.implementation.createHTMLDocument("").createElement("div");
      (box as unknown as { setHTML(html: string): void }).setHTML(html);
      return document.execCommand("insertHTML", false, box.innerHTML);
    } catch {
      // Trusted Types of the page: its text is pasted instead.
      return false;
    }
  }
}
