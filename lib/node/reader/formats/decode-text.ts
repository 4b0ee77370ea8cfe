import { isAscii, isUtf8 } from "node:buffer";
import { analyse } from "chardet";
import { declaredCharset } from "#lib/node/reader/formats/declared-charset.ts";
import { encodingOfLabel } from "#lib/node/reader/formats/encoding-of-label.ts";

export interface DecodeOptions {
  /** The `content-type` header, or null. */
  contentType: string | null;
  kind: "html" | "xml" | "text";
}

export interface DecodedText {
  text: string;
  /** The WHATWG name of the encoding used, in lower case. */
  charset: string;
}

/** Bytes given to the statistical detector: enough for a verdict, bounded for time. */
const SAMPLE_BYTES_MAX = 32 * 1024;
/** How far a late `<meta charset>` is searched for once everything better has failed. */
const LATE_META_BYTES = 64 * 1024;
/** Valid multi-byte sequences above which text in a legacy East Asian encoding cannot be valid UTF-8 by chance. */
const UTF8_CERTAIN_SEQUENCES = 16;

/**
 * Decodes a text body: byte order mark, then the header's charset, then the
 * meta element or XML declaration within the first 1,024 bytes (labels and
 * prescan as in the WHATWG Encoding and HTML standards), then detection,
 * windows-1252 as the last resort. Unlike a browser it distrusts a declaration
 * that the bytes contradict: valid UTF-8 declared as something else is read as
 * UTF-8, and text declared UTF-8 that mostly is not is detected. Never throws.
 */
export function decodeText(bytes: Uint8Array, { contentType, kind }: DecodeOptions): DecodedText {
  const mark = byteOrderMark(bytes);
  if (mark) return decode(bytes, mark);

  const header = charsetOfHeader(contentType);
  const inText = kind === "text" ? null : declaredCharset(bytes.subarray(0, 1024), kind);
  const named = header ?? inText;
  const isWideNamed = named?.startsWith("utf-16") === true;
  // Text in UTF-16 has a NUL wherever it has a space or a line feed, and UTF-8 never has one.
  if (isWideNamed && bytes.subarray(0, 4096).includes(0)) return decode(bytes, named);
  const declared = isWideNamed ? null : named;
  const wide = wideUnits(bytes);
  if (wide) return decode(bytes, wide);

  const sequences = utf8Sequences(bytes);
  if (sequences !== null) {
    // ASCII alone may still be ISO-2022-JP, which is written in escapes.
    if (sequences === 0)
      return decode(bytes, hasJapaneseEscapes(bytes) ? "iso-2022-jp" : (declared ?? "utf-8"));
    if (!declared || declared === "utf-8") return decode(bytes, "utf-8");
    if (!isMultiByte(declared) || sequences >= UTF8_CERTAIN_SEQUENCES || !decodesCleanly(bytes, declared)) {
      return decode(bytes, "utf-8");
    }
    return decode(bytes, declared);
  }
  return decodeLegacy(bytes, { header, inText, kind });
}

/** The bytes are not valid UTF-8: the best of what is declared, what they look like, and windows-1252. */
function decodeLegacy(
  bytes: Uint8Array,
  { header, inText, kind }: { header: string | null; inText: string | null; kind: DecodeOptions["kind"] },
): DecodedText {
  const candidates = [header, inText].filter((name) => name !== null && !name.startsWith("utf-"));
  for (const name of candidates) {
    if (name && decodesCleanly(bytes, name)) return decode(bytes, name);
  }
  const hasUtf8 = header === "utf-8" || inText === "utf-8" || candidates.length === 0;
  if (hasUtf8) {
    const asUtf8 = decode(bytes, "utf-8");
    if (isLargelyUtf8(asUtf8.text)) return asUtf8;
  }
  if (candidates[0]) return decode(bytes, candidates[0]);
  const late = kind === "text" ? null : declaredCharset(bytes.subarray(0, LATE_META_BYTES), kind);
  if (late && !late.startsWith("utf-")) return decode(bytes, late);
  return decode(bytes, detectLegacy(bytes, kind) ?? "windows-1252");
}

function byteOrderMark(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return "utf-8";
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return "utf-16be";
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return "utf-16le";
  return null;
}

function charsetOfHeader(contentType: string | null): string | null {
  const label = /;\s*charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"',]+))/i.exec(contentType ?? "");
  return label ? encodingOfLabel(label[1] ?? label[2] ?? label[3] ?? "") : null;
}

function decode(bytes: Uint8Array, charset: string): DecodedText {
  return { text: new TextDecoder(charset).decode(bytes), charset };
}

/** A body cut off at a size limit may end inside a character, so an incomplete end is no error. */
function decodesCleanly(bytes: Uint8Array, charset: string): boolean {
  try {
    new TextDecoder(charset, { fatal: true }).decode(bytes, { stream: true });
    return true;
  } catch {
    return false;
  }
}

/** Multi-byte sequences in valid UTF-8, counted up to a few; null when the bytes are not UTF-8. */
function utf8Sequences(bytes: Uint8Array): number | null {
  if (isAscii(bytes)) return 0;
  const isWhole = isUtf8(bytes);
  if (!isWhole && !decodesCleanly(bytes, "utf-8")) return null;
  let count = 0;
  for (let i = 0; i < bytes.length && count < UTF8_CERTAIN_SEQUENCES; i++) {
    if ((bytes[i] ?? 0) >= 0xc0) count++;
  }
  // A lone lead byte at the very end is a legacy letter as likely as a cut-off character.
  return count === 1 && !isWhole ? null : count;
}

/** True for UTF-8 with stray bad bytes: at least as many good characters beyond ASCII as broken ones. */
function isLargelyUtf8(text: string): boolean {
  let broken = 0;
  let good = 0;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit === 0xfffd) broken++;
    else if (unit >= 0x80) good++;
  }
  return good >= broken;
}

/** UTF-16 without a mark shows as a NUL in nearly every other byte of its ASCII characters. */
function wideUnits(bytes: Uint8Array): string | null {
  const length = Math.min(bytes.length, 1024) & ~1;
  if (length < 4) return null;
  let even = 0;
  let odd = 0;
  for (let i = 0; i < length; i += 2) {
    if (bytes[i] === 0) even++;
    if (bytes[i + 1] === 0) odd++;
  }
  const pairs = length / 2;
  if (odd > pairs * 0.4 && even < pairs * 0.1) return "utf-16le";
  if (even > pairs * 0.4 && odd < pairs * 0.1) return "utf-16be";
  return null;
}

function hasJapaneseEscapes(bytes: Uint8Array): boolean {
  for (let i = bytes.indexOf(0x1b); i !== -1 && i < bytes.length - 2; i = bytes.indexOf(0x1b, i + 1)) {
    if (bytes[i + 1] === 0x24 && (bytes[i + 2] === 0x42 || bytes[i + 2] === 0x40)) return true;
  }
  return false;
}

function isMultiByte(charset: string): boolean {
  return /^(gb|big5|euc-|shift_jis|iso-2022-jp)/.test(charset);
}

function detectLegacy(bytes: Uint8Array, kind: DecodeOptions["kind"]): string | null {
  for (const match of analyse(sampleOf(bytes, kind))) {
    const name = encodingOfLabel(match.name);
    if (!name || name.startsWith("utf-")) continue;
    // The detector's floor for a double-byte guess on a handful of characters: no evidence.
    if (isMultiByte(name) && match.confidence <= 10) continue;
    if (decodesCleanly(bytes, name)) return name;
  }
  return null;
}

/** Lines with bytes beyond ASCII, markup left out: what a detector can learn from. */
function sampleOf(bytes: Uint8Array, kind: DecodeOptions["kind"]): Uint8Array {
  const sample = new Uint8Array(SAMPLE_BYTES_MAX);
  let size = 0;
  let inTag = false;
  let lineStart = 0;
  let isTelling = false;
  for (let i = 0; i < bytes.length && size < SAMPLE_BYTES_MAX; i++) {
    const byte = bytes[i] ?? 0;
    if (kind !== "text" && byte === 0x3c) inTag = true;
    if (!inTag) {
      sample[size++] = byte;
      if (byte >= 0x80) isTelling = true;
    }
    if (byte === 0x3e) inTag = false;
    if (byte === 0x0a || (byte === 0x3c && size > lineStart)) {
      if (!isTelling) size = lineStart;
      lineStart = size;
      isTelling = false;
    }
  }
  return size > 0 ? sample.subarray(0, size) : bytes.subarray(0, SAMPLE_BYTES_MAX);
}
