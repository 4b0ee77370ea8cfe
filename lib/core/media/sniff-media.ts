export type ImageType = "png" | "jpeg" | "gif" | "webp" | "avif" | "svg" | "ico";

export type SniffedMedia =
  | { kind: "image"; type: ImageType }
  | { kind: "video" | "audio"; mime: string }
  | { kind: "unknown" };

/** Bytes of the beginning that decide; an SVG may open with a long comment. */
export const SNIFF_BYTES = 1024;

interface Signature {
  /** Texts at byte offsets, one Latin-1 character a byte. */
  at: readonly (readonly [offset: number, text: string])[];
  media: SniffedMedia;
}

const image = (type: ImageType): SniffedMedia => ({ kind: "image", type });
const audio = (mime: string): SniffedMedia => ({ kind: "audio", mime });
const video = (mime: string): SniffedMedia => ({ kind: "video", mime });

const SIGNATURES: readonly Signature[] = [
  { at: [[0, "\x89PNG\r\n\x1a\n"]], media: image("png") },
  { at: [[0, "\xff\xd8\xff"]], media: image("jpeg") },
  { at: [[0, "GIF87a"]], media: image("gif") },
  { at: [[0, "GIF89a"]], media: image("gif") },
  {
    at: [
      [0, "RIFF"],
      [8, "WEBPVP"],
    ],
    media: image("webp"),
  },
  // Type 1 is an icon, 2 a cursor; at most 255 entries, and the first one's reserved byte is zero.
  {
    at: [
      [0, "\0\0\x01\0"],
      [5, "\0"],
      [9, "\0"],
    ],
    media: image("ico"),
  },
  {
    at: [
      [0, "RIFF"],
      [8, "WAVE"],
    ],
    media: audio("audio/wav"),
  },
  { at: [[0, "fLaC"]], media: audio("audio/flac") },
  { at: [[0, "ID3"]], media: audio("audio/mpeg") },
  ...["\xf0", "\xf1", "\xf8", "\xf9"].map((second) => ({
    at: [[0, `\xff${second}`] as const],
    media: audio("audio/aac"),
  })),
  ...["\xe2", "\xe3", "\xf2", "\xf3", "\xfa", "\xfb"].map((second) => ({
    at: [[0, `\xff${second}`] as const],
    media: audio("audio/mpeg"),
  })),
];

/**
 * What a file is by its own first bytes, whatever its header claims
 * (WHATWG MIME Sniffing §6, extended by AVIF, SVG and the Ogg codecs).
 */
export function sniffMedia(bytes: Uint8Array): SniffedMedia {
  const text = Array.from(bytes.subarray(0, SNIFF_BYTES), (byte) => String.fromCharCode(byte)).join("");
  const known = SIGNATURES.find(({ at }) => at.every(([offset, part]) => text.startsWith(part, offset)));
  if (known) return known.media;
  if (opensSvg(text)) return image("svg");
  if (text.startsWith("ftyp", 4)) return sniffIsoMedia(text);
  if (text.startsWith("OggS")) return sniffOgg(text);
  if (text.startsWith("\x1a\x45\xdf\xa3")) return sniffMatroska(text.slice(0, 128));
  return { kind: "unknown" };
}

/** The first packet names the codec (RFC 5334, RFC 7845). */
function sniffOgg(text: string): SniffedMedia {
  const head = text.slice(26, 320);
  if (head.includes("\x80theora") || head.includes("fishead")) return video("video/ogg");
  const codecs = ["\x01vorbis", "OpusHead", "\x7fFLAC", "Speex "];
  return codecs.some((codec) => head.includes(codec)) ? audio("audio/ogg") : { kind: "unknown" };
}

/** The EBML header names the document type (RFC 8794 §11.2.4). */
function sniffMatroska(head: string): SniffedMedia {
  const docType = head.indexOf("\x42\x82");
  if (docType < 0) return { kind: "unknown" };
  if (head.includes("webm", docType)) return video("video/webm");
  return head.includes("matroska", docType) ? video("video/x-matroska") : { kind: "unknown" };
}

/** Whether the root element is `svg`, after any declaration, instructions, comments and document type. One pass, no backtracking. */
function opensSvg(text: string): boolean {
  let at = text.startsWith("\xef\xbb\xbf") ? 3 : 0;
  for (;;) {
    while (/\s/.test(text[at] ?? "")) at += 1;
    const rest = text.slice(at, at + 16).toLowerCase();
    if (/^<svg[\s>:/]/.test(rest)) return true;
    const end = rest.startsWith("<?") ? "?>" : rest.startsWith("<!--") ? "-->" : doctypeEnd(rest, text, at);
    const found = end === null ? -1 : text.indexOf(end, at + 2);
    if (end === null || found < 0) return false;
    at = found + end.length;
  }
}

/** A document type with declarations of its own ends with their bracket. */
function doctypeEnd(rest: string, text: string, at: number): string | null {
  if (!/^<!doctype\s+svg/.test(rest)) return null;
  const bracket = text.indexOf("[", at);
  return bracket >= 0 && bracket < text.indexOf(">", at) ? "]>" : ">";
}

/** ISO base media files share one container: the brands tell pictures, sound and films apart (ISO/IEC 14496-12 §4.3). */
function sniffIsoMedia(text: string): SniffedMedia {
  const brand = text.slice(8, 12);
  const compatible = text.slice(8, 64);
  if (brand === "avif" || brand === "avis") return image("avif");
  if (brand === "mif1" && compatible.includes("avif")) return image("avif");
  if (/^(heic|heix|hevc|heim|heis|mif1|msf1|crx )$/.test(brand)) return { kind: "unknown" };
  if (/^M4[AB] $/.test(brand)) return audio("audio/mp4");
  return video(brand === "qt  " ? "video/quicktime" : "video/mp4");
}

/**
 * Media types that may be passed on by their header alone: for a range from the
 * middle of a file there is no beginning to look at. None of them can run
 * anything in a browser that is told not to sniff.
 */
const STREAM_MIMES =
  /^(?:video\/(?:mp4|webm|ogg|quicktime|x-matroska)|audio\/(?:mp4|mpeg|ogg|wav|x-wav|flac|aac|webm))$/;

export function declaredStreamMime(contentType: string | undefined): string | null {
  const mime = (contentType ?? "").split(";")[0]?.trim().toLowerCase() ?? "";
  return STREAM_MIMES.test(mime) ? mime : null;
}
