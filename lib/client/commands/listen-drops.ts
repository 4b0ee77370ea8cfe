import { openFromOutside } from "#lib/client/commands/open-page.ts";
import { droppedAddress } from "#lib/core/omnibox/dropped-address.ts";

/**
 * An address dropped where nothing else takes it opens as a tab; the real browser
 * would leave Qui for it. Text dropped into a field stays text. Returns how to stop.
 */
export function listenDrops(): () => void {
  const isField = (event: DragEvent) =>
    event.target instanceof Element && event.target.matches("input, textarea");
  const onDragOver = (event: DragEvent) => {
    if (event.defaultPrevented || isField(event)) return;
    event.preventDefault();
    if (event.dataTransfer?.types.includes("Files")) event.dataTransfer.dropEffect = "none";
  };
  const onDrop = (event: DragEvent) => {
    if (event.defaultPrevented || isField(event) || !event.dataTransfer) return;
    event.preventDefault();
    const data = {
      uriList: event.dataTransfer.getData("text/uri-list"),
      text: event.dataTransfer.getData("text/plain"),
    };
    const url = droppedAddress(data, window.location.origin);
    if (url !== null) openFromOutside(url);
  };
  window.addEventListener("dragover", onDragOver);
  window.addEventListener("drop", onDrop);
  return () => {
    window.removeEventListener("dragover", onDragOver);
    window.removeEventListener("drop", onDrop);
  };
}
