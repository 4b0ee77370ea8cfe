import type { LiveFrameHeader } from "#lib/protocol/live-frame.ts";

/** To the worker: a message as it came, or the wish to end. */
export type ToFrameWorker = { kind: "message"; message: ArrayBuffer; atMs: number } | { kind: "dispose" };

/** One place of a frame, decoded. Its image may have other pixels than its place. */
export interface DecodedTile {
  header: LiveFrameHeader;
  image: ImageBitmap | VideoFrame;
}

export type FromFrameWorker =
  /** A whole frame. Its images are the receiver's to close. */
  | { kind: "frame"; tiles: DecodedTile[]; atMs: number }
  /** Nothing to draw, but nothing to wait for either: newer pixels are there already. */
  | { kind: "passed"; frame: number; atMs: number }
  /** A message could not be read. `lost`: what follows cannot be drawn without a key frame. */
  | { kind: "bad"; lost: boolean };
