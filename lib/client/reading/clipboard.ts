/** Puts text on the clipboard. False when the browser or the person refused. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, or not a secure context: the caller says so.
    return false;
  }
}

/**
 * Fills a copy event with the selected content as the site would have given it:
 * links hold their real addresses instead of those inside Qui, and controls drawn
 * between the text are left out.
 */
export function fillClipboard(event: ClipboardEvent, selection: Selection): void {
  if (!event.clipboardData || selection.isCollapsed) return;
  const container = document.createElement("div");
  for (let index = 0; index < selection.rangeCount; index++) {
    container.append(selection.getRangeAt(index).cloneContents());
  }
  for (const chrome of container.querySelectorAll("button, [data-chrome], template")) chrome.remove();
  for (const link of container.querySelectorAll<HTMLAnchorElement>("a[data-href]")) {
    const href = link.dataset.href ?? "";
    // A place inside this page means nothing elsewhere.
    if (href.startsWith("#")) link.replaceWith(...link.childNodes);
    else link.setAttribute("href", href);
  }
  for (const image of container.querySelectorAll("img")) {
    image.setAttribute("src", image.dataset.url ?? "");
    image.removeAttribute("srcset");
  }
  for (const element of container.querySelectorAll("*")) {
    for (const name of element.getAttributeNames()) {
      if (name.startsWith("data-") || name === "class" || name === "style" || name === "tabindex") {
        element.removeAttribute(name);
      }
    }
  }
  event.clipboardData.setData("text/html", container.innerHTML);
  event.clipboardData.setData("text/plain", selection.toString());
  event.preventDefault();
}
