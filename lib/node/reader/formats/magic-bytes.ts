/** Bytes looked at: the resource header of the WHATWG MIME Sniffing standard. */
const HEADER_BYTES = 1445;

/** PDF readers accept the mark anywhere in the first 1,024 bytes; after other bytes it has to be a line of its own, which prose about PDF is not. */
export function isPdf(bytes: Uint8Array): boolean {
  const head = latin1(bytes.subarray(0, 1024));
  return head.startsWith("%PDF-") || /^[^<{]*[\r\n]%PDF-\d\.\d[ \t]*[\r\n]/.test(head);
}

/** The media type of an image by its first bytes, as in the WHATWG MIME Sniffing standard and with AVIF; null for anything else. */
export function imageTypeOf(bytes: Uint8Array): string | null {
  const head = latin1(bytes.subarray(0, 64));
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return "image/png";
  if (head.startsWith("\xff\xd8\xff")) return "image/jpeg";
  if (head.startsWith("GIF87a") || head.startsWith("GIF89a")) return "image/gif";
  if (head.startsWith("RIFF") && head.startsWith("WEBPVP", 8)) return "image/webp";
  if (head.startsWith("BM") && bytes.length > 26 && bytes[14] !== undefined && hasBinaryBytes(bytes))
    return "image/bmp";
  if (head.startsWith("\0\0\x01\0") && bytes.length > 22) return "image/x-icon";
  if (head.startsWith("ftyp", 4) && /^.{8}(?:avif|avis|mif1.*avif|msf1.*avif)/s.test(head.slice(0, 40)))
    return "image/avif";
  return null;
}

/** True when the head holds a byte that no text has (the standard's "binary data byte"). UTF-16 with a mark is text. */
export function hasBinaryBytes(bytes: Uint8Array): boolean {
  if ((bytes[0] === 0xfe && bytes[1] === 0xff) || (bytes[0] === 0xff && bytes[1] === 0xfe)) return false;
  const head = bytes.subarray(0, HEADER_BYTES);
  let nul = 0;
  for (const byte of head) {
    if (byte === 0) nul++;
    else if (
      byte <= 0x08 ||
      byte === 0x0b ||
      (byte >= 0x0e && byte <= 0x1a) ||
      (byte >= 0x1c && byte <= 0x1f)
    ) {
      return true;
    }
  }
  // NULs in nearly every other byte are UTF-16 without its mark.
  return nul > 0 && (nul < head.length * 0.4 || nul > head.length * 0.6);
}

/** The head as text, good enough to recognise markup: bytes as they are, NULs of UTF-16 and a byte order mark left out. */
export function headText(bytes: Uint8Array): string {
  return latin1(bytes.subarray(0, 4096))
    .replace(/^(?:\xef\xbb\xbf|\xfe\xff|\xff\xfe)/, "")
    .replaceAll("\0", "");
}

function latin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}
