import type { DecodedTile, FromFrameWorker } from "#lib/client/live/frames/frame-messages.ts";
import { createVideoDecoding } from "#lib/client/live/frames/video-decoding.ts";
import { decodeLiveFrame, type LiveFrameHeader } from "#lib/protocol/live-frame.ts";

/** Tiles of one frame; more are no frame of ours. */
const TILES_MAX = 64;
/** Frames being decoded at once, before the worker stops taking pictures that something newer replaces. */
const FRAMES_MAX = 16;

interface Frame {
  number: number;
  tiles: Promise<DecodedTile>[];
  atMs: number;
}

export interface FrameDecoding {
  take(message: ArrayBuffer, atMs: number): void;
  dispose(): void;
}

/**
 * Puts the tiles of each frame together and gives frames out whole and in order. A frame that
 * something newer covers is passed over before it is decoded.
 */
export function createFrameDecoding(give: (answer: FromFrameWorker) => void): FrameDecoding {
  const video = createVideoDecoding();
  let open: Frame | null = null;
  let newest = -1;
  /** The newest frame that covers everything: older pictures need not be decoded. */
  let covering = -1;
  let underWay = 0;
  let order: Promise<void> = Promise.resolve();

  function decodeTile(header: LiveFrameHeader, payload: Uint8Array<ArrayBuffer>): Promise<DecodedTile> {
    if (header.codec === "h264")
      return video.decode(payload, header.key).then((image) => ({ header, image }));
    const blob = new Blob([payload], { type: `image/${header.codec}` });
    return createImageBitmap(blob).then((image) => ({ header, image }));
  }

  function finish({ number, tiles, atMs }: Frame): void {
    underWay += 1;
    const decoded = Promise.allSettled(tiles);
    order = order.then(async () => {
      const results = await decoded;
      underWay -= 1;
      const drawn = results.flatMap((result) => (result.status === "fulfilled" ? [result.value] : []));
      if (drawn.length === results.length && number >= covering) {
        give({ kind: "frame", tiles: drawn, atMs });
        return;
      }
      for (const { image } of drawn) image.close();
      if (drawn.length < results.length) give({ kind: "bad", lost: true });
      else give({ kind: "passed", frame: number, atMs });
    });
  }

  return {
    take(message, atMs) {
      const read = decodeLiveFrame(message);
      if (!read || read.header.frame < newest) {
        give({ kind: "bad", lost: false });
        return;
      }
      const { header } = read;
      if (open && open.number !== header.frame) {
        // Its last tile never came: it cannot be shown as a whole.
        for (const tile of open.tiles)
          void tile.then(
            ({ image }) => image.close(),
            () => {
              // It could not be decoded, so there is nothing to close.
            },
          );
        open = null;
        give({ kind: "bad", lost: true });
      }
      open ??= { number: header.frame, tiles: [], atMs };
      newest = header.frame;
      const covers = header.width === header.frameWidth && header.height === header.frameHeight;
      if (covers && header.last && underWay < FRAMES_MAX && header.codec !== "h264") covering = header.frame;
      if (open.tiles.length < TILES_MAX) {
        const payload = read.payload as Uint8Array<ArrayBuffer>;
        const tile = decodeTile(header, payload);
        // Answered when the frame is put together.
        tile.catch(() => {});
        open.tiles.push(tile);
      }
      if (!header.last) return;
      finish(open);
      open = null;
    },
    dispose: () => video.dispose(),
  };
}
