import { showToast } from "#lib/client/store/ui-store.ts";
import type { LiveTabEvent } from "#lib/protocol/live-server-message.ts";

type ProfileState = Extract<LiveTabEvent, { type: "profile" }>["state"];

let last: ProfileState | null = null;

/** Says that sign-ins were lost, once, however many tabs hear of it; the other outcomes are what was asked for. */
export function tellProfile(state: ProfileState): void {
  if (state === "unreadable" && last !== "unreadable") {
    showToast(
      "What was kept of your sign-ins could not be read. It is set aside on the server; you may have to sign in again.",
    );
  }
  last = state;
}
