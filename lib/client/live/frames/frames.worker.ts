import { createFrameDecoding } from "#lib/client/live/frames/frame-decoding.ts";
import type { FromFrameWorker, ToFrameWorker } from "#lib/client/live/frames/frame-messages.ts";

interface Scope {
  postMessage(message: FromFrameWorker, transfer: Transferable[]): void;
  addEventListener(type: "message", listener: (event: MessageEvent<ToFrameWorker>) => void): void;
  close(): void;
}

const scope = globalThis as unknown as Scope;
const decoding = createFrameDecoding((answer) =>
  scope.postMessage(answer, answer.kind === "frame" ? answer.tiles.map(({ image }) => image) : []),
);

scope.addEventListener("message", ({ data }) => {
  if (data.kind === "message") decoding.take(data.message, data.atMs);
  else {
    decoding.dispose();
    scope.close();
  }
});
