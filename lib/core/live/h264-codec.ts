/**
 * The codec string of an H.264 stream from its sequence parameter set (RFC 6381, 3.3):
 * profile, constraints and level. Null when this part holds none, as between key frames. Annex B.
 */
export function readH264Codec(bytes: Uint8Array): string | null {
  for (let at = 0; at + 7 < bytes.byteLength; at += 1) {
    if (bytes[at] !== 0 || bytes[at + 1] !== 0 || bytes[at + 2] !== 1) continue;
    if (((bytes[at + 3] ?? 0) & 0x1f) !== 7) continue;
    const hex = [...bytes.subarray(at + 4, at + 7)].map((byte) => byte.toString(16).padStart(2, "0"));
    return `avc1.${hex.join("").toUpperCase()}`;
  }
  return null;
}
