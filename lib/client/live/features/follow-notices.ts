import { getLiveTab, listLiveTabs, watchLiveTabs } from "#lib/client/live/live-tab.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

type Notice = Extract<LiveServerMessage, { type: "notice" }>["notice"];

const DEVICES = { camera: "your camera", microphone: "your microphone", screen: "to see your screen" };
/** Letters of a page's own that a word of Qui's has room for. */
const SAID_MAX = 240;
const followed = new Map<string, () => void>();
let hasStarted = false;

/** Shows what live pages notify of, and what they were refused, as words of Qui's own. Idempotent. */
export function startLiveNotices(): void {
  if (hasStarted) return;
  hasStarted = true;
  for (const { panelId } of listLiveTabs()) follow(panelId);
  watchLiveTabs(follow);
}

function follow(panelId: string): void {
  followed.get(panelId)?.();
  followed.delete(panelId);
  const stop = getLiveTab(panelId)?.onMessage((message) => {
    if (message.type === "notice") showToast(words(message.origin, message.notice));
  });
  if (stop) followed.set(panelId, stop);
}

/** Begins with who speaks, so that a page cannot pass for Qui. */
function words(origin: string, notice: Notice): string {
  if (notice.kind === "refused")
    return `${origin} wanted ${DEVICES[notice.device]}. Live pages run elsewhere and get none of it.`;
  const { title, body } = notice;
  const said = body ? `${title} – ${body}` : title;
  return `${origin}: ${said.length > SAID_MAX ? `${said.slice(0, SAID_MAX)}…` : said}`;
}
