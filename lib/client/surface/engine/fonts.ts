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
  const seen = new Set<string>();
  return {
    ensure(text, families) {
      const wanted = families.flatMap((family) => {
        const characters = new Set([...(text.match(BEYOND_ASCII) ?? []), "a"]);
        const missing = [...characters].filter((character) => !seen.has(family + character));
        for (const character of missing) seen.add(family + character);
        return missing.length > 0 ? [{ family, sample: missing.join("") }] : [];
      });
      if (wanted.length === 0) return null;
      const loads = wanted.flatMap(({ family, sample }) =>
        ["400", "italic 400"].map((style) => set.load(`${style} 16px ${family}`, sample)),
      );
      const given = new Promise<void>((resolve) => setTimeout(resolve, WAIT_MS));
      // A font that does not load is replaced by the system's; the text is what counts.
      const loaded = Promise.allSettled(loads).then(() => undefined);
      return Promise.race([loaded, given]).then(onLoad);
    },
  };
}
