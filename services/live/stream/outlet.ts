import type { PixelRect } from "#lib/core/live/changed-tiles.ts";
import type { Pacer } from "#lib/core/live/pacing.ts";
import type { LiveCodec } from "#lib/protocol/live-frame.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

export interface PictureTile {
  codec: LiveCodec;
  /** Where it stands, device pixels of the panel. Its image may have fewer pixels and is stretched. */
  place: PixelRect;
  payload: Uint8Array;
}

export interface PictureFrame {
  tiles: readonly PictureTile[];
  width: number;
  height: number;
  key: boolean;
  sharp: boolean;
  capturedAtMs: number;
}

/** Numbers frames and hands their tiles to the socket; tells the pacer of each. */
export interface Outlet {
  send(frame: PictureFrame): void;
  /** Beside so many pictures that are asked for already. */
  maySend(pending?: number): boolean;
}

export function createOutlet(host: TabHost, pacer: Pacer): Outlet {
  let number = 0;
  return {
    send({ tiles, width, height, key, sharp, capturedAtMs }) {
      number += 1;
      const bytes = tiles.reduce((sum, { payload }) => sum + payload.byteLength, 0);
      pacer.sent({ frame: number, bytes, nowMs: performance.now() });
      for (const [index, { codec, place, payload }] of tiles.entries()) {
        host.sendFrame(
          {
            codec,
            frame: number,
            ...place,
            frameWidth: width,
            frameHeight: height,
            last: index === tiles.length - 1,
            key,
            sharp,
            capturedAtMs,
          },
          payload,
        );
      }
    },
    maySend: (pending = 0) => pacer.maySend({ backlogBytes: host.backlogBytes(), pending }),
  };
}
