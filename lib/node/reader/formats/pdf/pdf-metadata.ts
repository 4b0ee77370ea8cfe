import { isoDate } from "#lib/node/reader/html/parse-date.ts";

export interface PdfMetadata {
  /** Null when the file states none, or one that a program made up. */
  title: string | null;
  author: string | null;
  lang: string | null;
  createdAt: string | null;
}

/** What typesetting programs write when nobody gave a title: file names, templates, placeholders. */
const NO_TITLE =
  /^(?:untitled|title|document\d*|presentation\d*|slide 1|powerpoint presentation|microsoft word|layout \d+|\(anonymous\)|about:blank)\b|\.(?:docx?|dvi|tex|rtf|odt|indd|qxd|pages|xlsx?|pptx?|pdf|ps|eps)$/i;

/** The information dictionary and XMP metadata, as far as they say something. */
export function pdfMetadata(
  info: Record<string, unknown>,
  xmp: { get(name: string): unknown } | null,
): PdfMetadata {
  const title = textOf(info.Title) ?? textOf(xmp?.get("dc:title"));
  return {
    title: title && !NO_TITLE.test(title) ? title.replace(/^Microsoft (?:Word|PowerPoint) - /i, "") : null,
    author: textOf(info.Author) ?? textOf(xmp?.get("dc:creator")),
    lang: languageTag(info.Language),
    createdAt: pdfDate(info.CreationDate),
  };
}

function textOf(value: unknown): string | null {
  const text = Array.isArray(value) ? value.filter((item) => typeof item === "string").join(", ") : value;
  if (typeof text !== "string") return null;
  const clean = text
    .replace(/[\p{Cc}\ufeff\s]+/gu, " ")
    .trim()
    .slice(0, 500)
    .toWellFormed();
  return clean === "" ? null : clean;
}

/** `D:YYYYMMDDHHmmSSOHH'mm'`, all but the year optional (ISO 32000-1 §7.9.4). */
export function pdfDate(value: unknown): string | null {
  if (typeof value !== "string") return null;
  const match = /^D?:?(\d{4})(\d\d)?(\d\d)?(\d\d)?(\d\d)?(\d\d)?(?:([+-])(\d\d)'?(\d\d)?|Z)?/.exec(
    value.trim(),
  );
  if (!match) return null;
  const [
    ,
    year,
    month = "01",
    day = "01",
    hour = "00",
    minute = "00",
    second = "00",
    sign,
    zoneHour,
    zoneMinute,
  ] = match;
  const zone = sign ? `${sign}${zoneHour}:${zoneMinute ?? "00"}` : "Z";
  return isoDate(`${year}-${month}-${day}T${hour}:${minute}:${second}${zone}`);
}

function languageTag(value: unknown): string | null {
  return typeof value === "string" && /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i.test(value) ? value : null;
}
