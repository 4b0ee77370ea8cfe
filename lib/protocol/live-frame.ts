/**
 * A picture on its way to the client: a fixed header of 32 bytes, big-endian, then
 * the payload. One message is one tile; a frame is all tiles of one number, the
 * last of which is flagged. Sizes and places are device pixels of the panel.
 *
 * | offset | type | field |
 * |---|---|---|
 * | 0 | u8 | version, 1 |
 * | 1 | u8 | codec |
 * | 2 | u16 | tab |
 * | 4 | u32 | frame number |
 * | 8 | u16 ×4 | x, y, width, height of the tile |
 * | 16 | u16 ×2 | width, height of the whole frame |
 * | 20 | u8 | flags |
 * | 21 | u8 ×3 | reserved, 0 |
 * | 24 | f64 | captured at, milliseconds since the epoch |
 */
export const LIVE_FRAME_HEADER_BYTES = 32;
const VERSION = 1;

const CODECS = ["jpeg", "webp", "png", "h264"] as const;
export type LiveCodec = (typeof CODECS)[number];

export interface LiveFrameHeader {
  codec: LiveCodec;
  tab: number;
  frame: number;
  x: number;
  y: number;
  width: number;
  height: number;
  frameWidth: number;
  frameHeight: number;
  /** The frame is complete with this tile. */
  last: boolean;
  /** Needs no frame before it. */
  key: boolean;
  /** Replaces what was drawn coarsely while the page moved. */
  sharp: boolean;
  capturedAtMs: number;
}

const FLAG_LAST = 1;
const FLAG_KEY = 2;
const FLAG_SHARP = 4;

export function encodeLiveFrame(header: LiveFrameHeader, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(LIVE_FRAME_HEADER_BYTES + payload.byteLength);
  const view = new DataView(message.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, CODECS.indexOf(header.codec) + 1);
  view.setUint16(2, header.tab);
  view.setUint32(4, header.frame);
  view.setUint16(8, header.x);
  view.setUint16(10, header.y);
  view.setUint16(12, header.width);
  view.setUint16(14, header.height);
  view.setUint16(16, header.frameWidth);
  view.setUint16(18, header.frameHeight);
  view.setUint8(
    20,
    (header.last ? FLAG_LAST : 0) | (header.key ? FLAG_KEY : 0) | (header.sharp ? FLAG_SHARP : 0),
  );
  view.setFloat64(24, header.capturedAtMs);
  message.set(payload, LIVE_FRAME_HEADER_BYTES);
  return message;
}

/**
 * Reads a message without copying its payload. Null when it is none of this
 * version: too short, an unknown version or codec, or a tile outside its frame.
 */
export function decodeLiveFrame(
  message: ArrayBuffer,
): { header: LiveFrameHeader; payload: Uint8Array } | null {
  if (message.byteLength < LIVE_FRAME_HEADER_BYTES) return null;
  const view = new DataView(message);
  const codec = CODECS[view.getUint8(1) - 1];
  if (view.getUint8(0) !== VERSION || codec === undefined) return null;
  const flags = view.getUint8(20);
  const header: LiveFrameHeader = {
    codec,
    tab: view.getUint16(2),
    frame: view.getUint32(4),
    x: view.getUint16(8),
    y: view.getUint16(10),
    width: view.getUint16(12),
    height: view.getUint16(14),
    frameWidth: view.getUint16(16),
    frameHeight: view.getUint16(18),
    last: (flags & FLAG_LAST) !== 0,
    key: (flags & FLAG_KEY) !== 0,
    sharp: (flags & FLAG_SHARP) !== 0,
    capturedAtMs: view.getFloat64(24),
  };
  const { x, y, width, height, frameWidth, frameHeight } = header;
  if (width === 0 || height === 0 || x + width > frameWidth || y + height > frameHeight) return null;
  return { header, payload: new Uint8Array(message, LIVE_FRAME_HEADER_BYTES) };
}
