import type { Page, WebSocket } from "playwright-core";

type Attention = "focused" | "aside" | "hidden";

/** What a live node sent for one tab. */
export interface LiveTraffic {
  frames: number;
  bytes: number;
  /** What the node was told last that the tab is worth; null before. */
  attention: Attention | null;
}

/** Counts what comes for each tab of a page, from now on. Each is in the map once it has been told of. */
export function watchLiveTraffic(page: Page): Map<string, LiveTraffic> {
  const tabs = new Map<string, LiveTraffic>();
  const of = (socket: WebSocket, tab: number): LiveTraffic => {
    const key = `${socket.url()} ${tab}`;
    const known = tabs.get(key) ?? { frames: 0, bytes: 0, attention: null };
    tabs.set(key, known);
    return known;
  };
  page.on("websocket", (socket) => {
    socket.on("framesent", ({ payload }) => {
      if (typeof payload !== "string") return;
      const message = JSON.parse(payload) as { type: string; tab: number; attention?: Attention };
      if (message.type === "view" && message.attention) of(socket, message.tab).attention = message.attention;
    });
    socket.on("framereceived", ({ payload }) => {
      if (typeof payload === "string") return;
      // As in `lib/protocol/live-frame.ts`: the tab, and whether a frame is complete with this tile.
      const tab = of(socket, payload.readUInt16BE(2));
      tab.bytes += payload.byteLength;
      tab.frames += (payload[20] ?? 0) & 1;
    });
  });
  return tabs;
}

/** What came for each tab while `work` ran. */
export async function trafficDuring(
  tabs: ReadonlyMap<string, LiveTraffic>,
  work: () => Promise<unknown>,
): Promise<LiveTraffic[]> {
  const before = new Map([...tabs].map(([key, traffic]) => [key, { ...traffic }]));
  await work();
  return [...tabs].map(([key, { frames, bytes, attention }]) => {
    const from = before.get(key);
    return { frames: frames - (from?.frames ?? 0), bytes: bytes - (from?.bytes ?? 0), attention };
  });
}
