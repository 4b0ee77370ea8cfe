import type { PixelRect } from "#lib/core/live/changed-tiles.ts";
import type { TrackSize } from "#services/live/capture/capture-script.ts";

export interface PictureOptions extends TrackSize {
  tabId: number;
  /** Rows that the view fills, of its height. */
  filled: number;
  /** Of the video, as WebCodecs names it. */
  codec: string;
  /** The client reads WebP. */
  webp: boolean;
}

/** What the node asks for. The newest question counts; each answer tells something that has changed. */
export type PictureRequest = (StillRequest | VideoRequest) & {
  /** So many answers in all, since the capture began. */
  upTo: number;
};

export interface StillRequest {
  kind: "still";
  /** Of whole pictures, from 0 to 1. */
  quality: number;
  /** The client shows the page sharp: the first picture of a capture is taken for what it has, and not sent. */
  adopts: boolean;
}

/** A picture of a video that lasts until another kind is asked for. */
export interface VideoRequest {
  kind: "video";
  key: boolean;
  bitrate: number;
}

export interface CapturedTile extends PixelRect {
  codec: "jpeg" | "webp";
  data: string;
}

export type PictureReport =
  | {
      kind: "still";
      /** Equal names are equal pictures. */
      name: string;
      /** The picture that the client was sent before. */
      from: string | null;
      whole: boolean;
      /** Of the picture, how much changed, from 0 to 1. */
      share: number;
      tiles: CapturedTile[];
      capturedAtMs: number;
    }
  | { kind: "video"; key: boolean; data: string; capturedAtMs: number }
  /** No video can be made of this picture here. */
  | { kind: "unable" };

export interface PictureLimits {
  /** Pixels, each way, of the tiles that are compared. */
  tile: number;
  /** From this share of the picture on, one JPEG is quicker than tiles. */
  wholeShare: number;
  /** Up to so many pixels WebP is made soon enough, and is smaller. */
  webpPixels: number;
  tileQuality: number;
  /** How many steps between pictures are remembered. */
  stepsMax: number;
  /** How long a first picture is waited for before it is asked for again: at first, so many times, and later. */
  urgeMs: number;
  urgesOften: number;
  urgeSeldomMs: number;
}
