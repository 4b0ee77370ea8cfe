import type { LiveEnd } from "#lib/protocol/live-server-message.ts";

/** How a live tab stands, as far as a card in the room can say it. */
export type RoomLiveStatus =
  | { kind: "connecting" | "open" }
  | { kind: "waiting"; place: number }
  | { kind: "lost" }
  | { kind: "ended"; why: LiveEnd }
  | { kind: "failed"; error: { message: string } };

export interface LiveCard {
  title: string;
  /** What is safe, or what comes next. */
  detail: string;
  /** What pressing the card does. */
  action: "reload" | "none";
}

const ENDED: Partial<Record<LiveEnd, string>> = {
  crashed: "This page stopped working.",
  "browser-crashed": "The browser on the server stopped working.",
  "time-spent": "Today's time for live pages is used up.",
  "too-many-tabs": "All the live pages you may have are in sight.",
  "node-full": "All places for live pages are taken.",
  "node-stopping": "The server is being restarted.",
  "picture-lost": "The picture of this page was lost.",
  idle: "This page slept while it was out of sight.",
};

/** What stands before a live page that is not running; null while it runs and has a picture. */
export function liveCard(
  status: RoomLiveStatus,
  { hasPicture, loadError }: { hasPicture: boolean; loadError: string | null },
): LiveCard | null {
  switch (status.kind) {
    case "connecting":
      return { title: "Connecting to a live page…", detail: "", action: "none" };
    case "waiting":
      return {
        title: "All places for live pages are taken",
        detail: status.place === 1 ? "You are next." : `You are number ${status.place} in the queue.`,
        action: "none",
      };
    case "lost":
      return { title: "The connection is lost", detail: "It comes back by itself.", action: "none" };
    case "ended":
      return {
        title: ENDED[status.why] ?? "This live page has ended.",
        detail: "Press to open it again.",
        action: "reload",
      };
    case "failed":
      return { title: status.error.message, detail: "Press to try again.", action: "reload" };
    case "open":
      if (loadError !== null) return { title: loadError, detail: "Press to try again.", action: "reload" };
      return hasPicture ? null : { title: "Opening the page…", detail: "", action: "none" };
  }
}
