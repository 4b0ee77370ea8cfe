const LENGTH_MAX = 120;
/** Names that are devices on Windows, whatever their ending. */
const DEVICE = /^(?:con|prn|aux|nul|com\d|lpt\d)$/i;

/**
 * A name a stranger chose, as one that stays in its folder and looks like what it is:
 * no path, no control or direction marks, no leading dot, its ending kept when it is cut.
 */
export function safeFileName(name: string): string {
  const bare = name
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu, "")
    .replace(/[/\\:*?"<>|]/g, "_")
    .replace(/^[.\s]+|[.\s]+$/g, "");
  const dot = bare.lastIndexOf(".");
  const [stem, ending] =
    dot > 0 && bare.length - dot <= 16 ? [bare.slice(0, dot), bare.slice(dot)] : [bare, ""];
  const kept = DEVICE.test(stem) ? `_${stem}` : stem;
  return `${[...(kept || "file")].slice(0, LENGTH_MAX - ending.length).join("")}${ending}`;
}
