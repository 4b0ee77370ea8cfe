/**
 * A tab's sound on its way to the client: binary messages as pictures are, with a header of
 * the same 32 bytes, big-endian, whose version, codec, tab and time stand in the same places.
 * One message is one Opus packet, which can be decoded without those before it.
 *
 * | offset | type | field |
 * |---|---|---|
 * | 0 | u8 | version, 1 |
 * | 1 | u8 | codec: 16 Opus |
 * | 2 | u16 | tab |
 * | 4 | u32 | packet number, rising by one; a gap is a packet that was left out |
 * | 8 | u16 | samples of one channel, at 48 kHz |
 * | 10 | u8 | channels, 1 or 2 |
 * | 11 | u8 ×9 | reserved, 0 |
 * | 20 | u8 | flags: 1 the first after silence |
 * | 21 | u8 ×3 | reserved, 0 |
 * | 24 | f64 | captured at, milliseconds since the epoch: when its first sample sounded |
 */
const HEADER_BYTES = 32;
const VERSION = 1;
const OPUS = 16;
const FLAG_FIRST = 1;

/** Opus always counts in it, whatever it was made of (RFC 6716, section 2). */
export const LIVE_SOUND_RATE = 48_000;
/** An Opus packet holds 120 ms at most, and so many bytes of one frame size each (RFC 6716, section 3.2). */
const SAMPLES_MAX = 5_760;
export const LIVE_SOUND_BYTES_MAX = 1_275 * 6;

export interface LiveSoundHeader {
  tab: number;
  packet: number;
  samples: number;
  channels: 1 | 2;
  /** What came before it was long ago: nothing is to be joined to it. */
  first: boolean;
  capturedAtMs: number;
}

/** Whether a binary message claims to be sound; what it holds is checked when it is read. */
export function isLiveSound(message: ArrayBuffer): boolean {
  return message.byteLength >= HEADER_BYTES && new DataView(message).getUint8(1) === OPUS;
}

/** @throws RangeError when the packet is none that `decodeLiveSound` would take. */
export function encodeLiveSound(header: LiveSoundHeader, payload: Uint8Array): Uint8Array {
  const message = new Uint8Array(HEADER_BYTES + payload.byteLength);
  const view = new DataView(message.buffer);
  view.setUint8(0, VERSION);
  view.setUint8(1, OPUS);
  view.setUint16(2, header.tab);
  view.setUint32(4, header.packet);
  view.setUint16(8, header.samples);
  view.setUint8(10, header.channels);
  view.setUint8(20, header.first ? FLAG_FIRST : 0);
  view.setFloat64(24, header.capturedAtMs);
  message.set(payload, HEADER_BYTES);
  if (!decodeLiveSound(message.buffer)) throw new RangeError("This is no packet of sound.");
  return message;
}

/** Reads a message without copying its payload. Null when it is no sound of this version, or impossible. */
export function decodeLiveSound(
  message: ArrayBuffer,
): { header: LiveSoundHeader; payload: Uint8Array<ArrayBuffer> } | null {
  const bytes = message.byteLength - HEADER_BYTES;
  if (bytes < 1 || bytes > LIVE_SOUND_BYTES_MAX) return null;
  const view = new DataView(message);
  if (view.getUint8(0) !== VERSION || view.getUint8(1) !== OPUS) return null;
  const samples = view.getUint16(8);
  const channels = view.getUint8(10);
  const capturedAtMs = view.getFloat64(24);
  if (samples === 0 || samples > SAMPLES_MAX || (channels !== 1 && channels !== 2)) return null;
  if (!Number.isFinite(capturedAtMs)) return null;
  return {
    header: {
      tab: view.getUint16(2),
      packet: view.getUint32(4),
      samples,
      channels,
      first: (view.getUint8(20) & FLAG_FIRST) !== 0,
      capturedAtMs,
    },
    payload: new Uint8Array(message, HEADER_BYTES),
  };
}
