/** A stretch of text where a PDF puts it. Points, y upwards, turned so that the text runs along x. */
export interface PdfItem {
  text: string;
  x: number;
  y: number;
  width: number;
  size: number;
  isMono: boolean;
  isRtl: boolean;
  href: string | null;
  /** The marked content it belongs to, which a tagged PDF's structure points at. */
  contentId: string | null;
  /** Marked by the author as no part of the text: running heads, page numbers. */
  isArtifact: boolean;
}

/** What the parser tells of one page. */
export interface RawPdfPage {
  items: readonly RawPdfItem[];
  /** Generic families by font name: `monospace`, `serif`, … */
  families: Readonly<Record<string, string | undefined>>;
  links: readonly PdfLink[];
  /** Left, bottom, right, top of what is shown. */
  view: readonly number[];
}

/** A page's text, and where its paper ends at the bottom and top in the same turned coordinates. */
export interface PdfPageText {
  items: PdfItem[];
  bottom: number;
  top: number;
}

export type RawPdfItem =
  | { str: string; dir: string; transform: readonly number[]; width: number; fontName: string }
  | { type: string; id?: string; tag?: string };

export interface PdfLink {
  href: string;
  /** Left, bottom, right, top. */
  rect: readonly number[];
}

/** Ligatures and radicals that fonts name in place of letters: nobody finds them by searching. */
const COMPATIBILITY = /[\u2e80-\u2fdf\ufb00-\ufb06]/g;

/** More on one page is not text but an attack, or a map. */
const ITEMS_MAX = 40_000;

/** The text of a page as items in its own order, with links attached; text that runs another way than most is left out. */
export function pdfPageText(page: RawPdfPage): PdfPageText {
  const items: PdfItem[] = [];
  const angles: number[] = [];
  const open: { id: string | null; isArtifact: boolean }[] = [];
  for (const raw of page.items.slice(0, ITEMS_MAX)) {
    if (!("str" in raw)) {
      if (raw.type === "endMarkedContent") open.pop();
      else {
        const outer = open.at(-1);
        open.push({
          id: raw.id ?? outer?.id ?? null,
          isArtifact: raw.tag === "Artifact" || outer?.isArtifact === true,
        });
      }
      continue;
    }
    if (raw.str === "") continue;
    const [a = 0, b = 0, c = 0, d = 0, x = 0, y = 0] = raw.transform;
    angles.push(Math.round((Math.atan2(b, a) * 180) / Math.PI));
    items.push({
      text: raw.str.replace(COMPATIBILITY, (character) => character.normalize("NFKC")),
      x,
      y,
      width: raw.width,
      size: Math.hypot(c, d) || Math.hypot(a, b),
      isMono: page.families[raw.fontName] === "monospace",
      isRtl: raw.dir === "rtl",
      href: null,
      contentId: open.at(-1)?.id ?? null,
      isArtifact: open.at(-1)?.isArtifact ?? false,
    });
  }
  const angle = mostCommon(angles) ?? 0;
  const upright = items.filter((_, i) => Math.abs((angles[i] ?? 0) - angle) <= 5);
  const linked = upright.flatMap((item) => attachLinks(item, page.links));
  const turn = turning(angle);
  const [left = 0, low = 0, right = 0, high = 0] = page.view;
  const heights = [turn(left, low), turn(left, high), turn(right, low), turn(right, high)].map(({ y }) => y);
  return {
    items: angle === 0 ? linked : linked.map((item) => ({ ...item, ...turn(item.x, item.y) })),
    bottom: Math.min(...heights),
    top: Math.max(...heights),
  };
}

function turning(angleDeg: number): (x: number, y: number) => { x: number; y: number } {
  const radians = (angleDeg * Math.PI) / 180;
  const [cos, sin] = [Math.cos(radians), Math.sin(radians)];
  return (x, y) => ({ x: x * cos + y * sin, y: y * cos - x * sin });
}

/** An item may hold more text than a link covers: it is cut at the words the link's rectangle reaches. */
function attachLinks(item: PdfItem, links: readonly PdfLink[]): PdfItem[] {
  const middle = item.y + item.size * 0.3;
  for (const { href, rect } of links) {
    const [left = 0, bottom = 0, right = 0, top = 0] = rect;
    if (middle < bottom || middle > top) continue;
    const from = Math.max(item.x, left);
    const to = Math.min(item.x + item.width, right);
    if (to - from < item.size * 0.3) continue;
    const perUnit = item.text.length / Math.max(item.width, 0.01);
    const start = wordStart(item.text, Math.round((from - item.x) * perUnit));
    const end = wordEnd(item.text, Math.round((to - item.x) * perUnit));
    return [
      ...slice(item, 0, start, null),
      ...slice(item, start, end, href),
      ...slice(item, end, item.text.length, null),
    ];
  }
  return [item];
}

function slice(item: PdfItem, start: number, end: number, href: string | null): PdfItem[] {
  if (end <= start) return [];
  const unit = item.width / item.text.length;
  return [
    {
      ...item,
      text: item.text.slice(start, end),
      x: item.x + start * unit,
      width: (end - start) * unit,
      href,
    },
  ];
}

function wordStart(text: string, at: number): number {
  if (at <= 1) return 0;
  const before = text.lastIndexOf(" ", at + 1) + 1;
  return at - before <= 3 ? before : at;
}

function wordEnd(text: string, at: number): number {
  if (at >= text.length - 1) return text.length;
  const after = text.indexOf(" ", at - 1);
  return after !== -1 && after - at <= 3 ? after : at;
}

function mostCommon(values: readonly number[]): number | null {
  const counts = new Map<number, number>();
  let best: number | null = null;
  for (const value of values) {
    const count = (counts.get(value) ?? 0) + 1;
    counts.set(value, count);
    if (best === null || count > (counts.get(best) ?? 0)) best = value;
  }
  return best;
}
