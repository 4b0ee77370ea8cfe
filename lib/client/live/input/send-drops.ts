import { pagePoint } from "#lib/client/live/input/page-point.ts";
import { perFrame } from "#lib/client/live/input/per-frame.ts";
import { modifiersOf } from "#lib/client/live/input/send-mouse.ts";
import type { LiveTab, LiveTabInput } from "#lib/client/live/live-tab.ts";

type DropMessage = Extract<LiveTabInput, { type: "drop" }>;

/** Text dragged from elsewhere onto `element` is dragged over and dropped into the page. Returns how to stop. */
export function sendDrops(tab: LiveTab, element: HTMLElement): () => void {
  const abort = new AbortController();
  const { signal } = abort;
  const overs = perFrame<DropMessage>(tab.send);

  const message = (event: DragEvent, kind: DropMessage["kind"], text: string): DropMessage => ({
    type: "drop",
    kind,
    ...pagePoint(tab, element, event),
    text,
    uploads: [],
    modifiers: modifiersOf(event),
  });
  const carriesText = ({ dataTransfer }: DragEvent) =>
    dataTransfer?.types.includes("text/plain") === true && !dataTransfer.types.includes("Files");

  element.addEventListener(
    "dragover",
    (event) => {
      if (!carriesText(event)) return;
      event.preventDefault();
      event.stopPropagation();
      overs.push(message(event, "over", ""));
    },
    { signal },
  );
  element.addEventListener(
    "dragleave",
    (event) => {
      overs.flush();
      if (carriesText(event)) tab.send(message(event, "leave", ""));
    },
    { signal },
  );
  element.addEventListener(
    "drop",
    (event) => {
      if (!carriesText(event)) return;
      event.preventDefault();
      event.stopPropagation();
      overs.flush();
      tab.send(message(event, "drop", event.dataTransfer?.getData("text/plain").slice(0, 500_000) ?? ""));
    },
    { signal },
  );
  return () => {
    abort.abort();
    overs.stop();
  };
}
