import { FONT_FAMILIES, FONT_FILES, SUBSET_RANGES } from "#lib/client/surface/engine/font-files.ts";

export interface Fonts {
  /** Null when all that the text needs is there; else resolves when it is, or when it is clear that it will not be. */
  ensure(text: string, families: readonly string[]): Promise<void> | null;
}

/** How long a font is waited for before the system's take its place. */
const WAIT_MS = 3000;
const BEYOND_ASCII = /[^\u0020-\u007e\s]/gu;

/** Makes the fonts known to a worker or a page, and loads the parts of them that texts need. */
export function createFonts(set: FontFaceSet | undefined, onLoad: () => void): Fonts {
  if (!set || typeof FontFace === "undefined") return { ensure: () => null };
  for (const { key, subset, style, url } of FONT_FILES) {
    const { name, weights } = FONT_FAMILIES[key];
    const source = `url("${url.href}") format("woff2")`;
    set.add(new FontFace(name, source, { style, weight: weights, unicodeRange: SUBSET_RANGES[subset] }));
  }
  /** By family and character: what it waits for, or null once that is over. Several surfaces may wait for one load. */
  const seen = new Map<string, Promise<void> | null>();
  return {
    ensure(text, families) {
      const beyond = text.match(BEYOND_ASCII) ?? [];
      const characters = new Set(["a", ...beyond.filter(isCovered)]);
      const waits = new Set<Promise<void>>();
      for (const family of families) {
        const missing: string[] = [];
        for (const character of characters) {
          const state = seen.get(family + character);
          if (state === undefined) missing.push(character);
          else if (state) waits.add(state);
        }
        if (missing.length === 0) continue;
        const before = countLoaded(set);
        const load = loadPart(set, family, missing.join("")).then(() => {
          if (countLoaded(set) !== before) onLoad();
          for (const character of missing) seen.set(family + character, null);
        });
        for (const character of missing) seen.set(family + character, load);
        waits.add(load);
      }
      return waits.size > 0 ? Promise.all(waits).then(() => undefined) : null;
    },
  };
}

/** Upright and italic. A font that does not load is replaced by the system's; the text is what counts. */
async function loadPart(set: FontFaceSet, family: string, sample: string): Promise<void> {
  const loads = ["400", "italic 400"].map((style) => set.load(`${style} 16px ${family}`, sample));
  const given = new Promise((resolve) => setTimeout(resolve, WAIT_MS));
  await Promise.race([Promise.allSettled(loads), given]);
}

const ranges = Object.values(SUBSET_RANGES)
  .flatMap((list) => list.split(","))
  .map((range) => {
    const [first = "0", last = first] = range.slice(2).split("-");
    return { first: Number.parseInt(first, 16), last: Number.parseInt(last, 16) };
  });

/** Whether one of our files has it at all; most of the world's scripts are the system's to draw. */
function isCovered(character: string): boolean {
  const point = character.codePointAt(0) ?? 0;
  return ranges.some(({ first, last }) => point >= first && point <= last);
}

function countLoaded(set: FontFaceSet): number {
  let count = 0;
  for (const { status } of set) if (status === "loaded") count++;
  return count;
}
