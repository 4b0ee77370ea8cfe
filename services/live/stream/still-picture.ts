import { crc32 } from "node:zlib";
import {
  coverTiles,
  findChangedTiles,
  type PixelRect,
  type RawPicture,
} from "#lib/core/live/changed-tiles.ts";
import { crop, decode, paste, type RawPatch } from "#services/live/stream/raw-picture.ts";
import type { CapturedFrame } from "#services/live/stream/screencast.ts";

/** Pixels of a tile: one block of a JPEG with halved colour, so an edit costs little more than itself. */
const TILE = 16;
/** From this share of the picture on, Chromium's own JPEG is smaller and quicker than tiles. */
const WHOLE_SHARE = 0.4;
/** A change that counts as movement of the page. */
const LARGE_SHARE = 0.2;
/** While whole pictures follow each other, one of so many at least is looked at closely, and more at first. */
const PROBE_EVERY = 32;
const STREAK_GAP_MS = 150;

export type StillChange =
  | { kind: "none" }
  | { kind: "whole"; large: boolean }
  | { kind: "tiles"; large: boolean; rects: PixelRect[]; raw: RawPicture };

/** Finds what a captured frame changes in the picture that the client was last sent. */
export interface StillPicture {
  /** Takes the frame as what the client shows from now on. */
  take(frame: CapturedFrame): Promise<StillChange>;
  /** Names the picture; equal names are equal JPEGs. Null before the first. */
  name(): string | null;
  /** The picture becomes another without being decoded, where its difference is known. */
  patch(frame: CapturedFrame, patches: readonly RawPatch[]): void;
  /** Pixels of a place, to bring it back later. */
  cut(rect: PixelRect): RawPatch | null;
  /** The client shows something else: the next frame goes whole. */
  forget(): void;
}

interface Shown {
  jpeg: Buffer;
  name: string;
  width: number;
  height: number;
  frameWidth: number;
  frameHeight: number;
  raw: RawPicture | null;
}

export function nameJpeg(jpeg: Buffer): string {
  return `${jpeg.byteLength}:${crc32(jpeg)}`;
}

export function createStillPicture(): StillPicture {
  let shown: Shown | null = null;
  let streak = 0;
  let takenAtMs = 0;

  function isSameSize(frame: CapturedFrame): boolean {
    return (
      shown !== null &&
      shown.width === frame.width &&
      shown.height === frame.height &&
      shown.frameWidth === frame.frameWidth &&
      shown.frameHeight === frame.frameHeight
    );
  }

  function keep(frame: CapturedFrame, name: string, raw: RawPicture | null): void {
    const { jpeg, width, height, frameWidth, frameHeight } = frame;
    shown = { jpeg, name, width, height, frameWidth, frameHeight, raw };
  }

  return {
    async take(frame) {
      const name = nameJpeg(frame.jpeg);
      const before = shown;
      const nowMs = performance.now();
      const flows = nowMs - takenAtMs < STREAK_GAP_MS;
      takenAtMs = nowMs;
      if (!flows) streak = 0;
      if (!before || !isSameSize(frame)) {
        keep(frame, name, null);
        return { kind: "whole", large: true };
      }
      if (before.name === name) return { kind: "none" };
      const isProbe = (streak & (streak - 1)) === 0 || streak % PROBE_EVERY === 0;
      if (streak >= 3 && !isProbe) {
        streak += 1;
        keep(frame, name, null);
        return { kind: "whole", large: true };
      }
      const [old, raw] = await Promise.all([before.raw ?? decode(before.jpeg), decode(frame.jpeg)]);
      const grid = findChangedTiles(old, raw, TILE);
      keep(frame, name, raw);
      if (grid.count === 0) return { kind: "none" };
      const share = grid.count / grid.changed.length;
      const large = share >= LARGE_SHARE;
      if (share >= WHOLE_SHARE) {
        streak += 1;
        return { kind: "whole", large };
      }
      streak = 0;
      return { kind: "tiles", large, raw, rects: coverTiles(grid, { tile: TILE, ...raw }) };
    },
    name: () => shown?.name ?? null,
    patch(frame, patches) {
      const raw = shown?.raw ?? null;
      if (raw) for (const patch of patches) paste(raw, patch);
      keep(frame, nameJpeg(frame.jpeg), raw);
    },
    cut(rect) {
      return shown?.raw ? { rect, data: crop(shown.raw, rect) } : null;
    },
    forget() {
      shown = null;
    },
  };
}
