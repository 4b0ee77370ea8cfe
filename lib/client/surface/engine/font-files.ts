/**
 * The interface's, the reading and the code fonts, of our own origin: the same
 * files the flat view loads by its style sheet. Each address is written out,
 * because bundlers find files only so.
 */

export type FontKey = "sans" | "serif" | "mono";
export type FontSubset = keyof typeof SUBSET_RANGES;

export interface FontFile {
  key: FontKey;
  subset: FontSubset;
  style: "normal" | "italic";
  url: URL;
}

/** What each file covers, as its package says. */
export const SUBSET_RANGES = {
  latin:
    "U+0000-00FF,U+0131,U+0152-0153,U+02BB-02BC,U+02C6,U+02DA,U+02DC,U+0304,U+0308,U+0329,U+2000-206F,U+20AC,U+2122,U+2191,U+2193,U+2212,U+2215,U+FEFF,U+FFFD",
  "latin-ext":
    "U+0100-02BA,U+02BD-02C5,U+02C7-02CC,U+02CE-02D7,U+02DD-02FF,U+1D00-1DBF,U+1E00-1E9F,U+1EF2-1EFF,U+20A0-20AB,U+20AD-20C0,U+2113,U+2C60-2C7F,U+A720-A7FF",
  cyrillic: "U+0301,U+0400-045F,U+0490-0491,U+04B0-04B1,U+2116",
  "cyrillic-ext": "U+0460-052F,U+1C80-1C8A,U+20B4,U+2DE0-2DFF,U+A640-A69F,U+FE2E-FE2F",
  greek: "U+0370-0377,U+037A-037F,U+0384-038A,U+038C,U+038E-03A1,U+03A3-03FF",
  vietnamese:
    "U+0102-0103,U+0110-0111,U+0128-0129,U+0168-0169,U+01A0-01A1,U+01AF-01B0,U+0300-0301,U+0303-0304,U+0308-0309,U+0323,U+0329,U+1EA0-1EF9,U+20AB",
} as const;

export const FONT_FAMILIES = {
  sans: { name: "Inter Variable", weights: "100 900" },
  serif: { name: "Source Serif 4 Variable", weights: "200 900" },
  mono: { name: "JetBrains Mono Variable", weights: "100 800" },
} as const satisfies Record<FontKey, { name: string; weights: string }>;

// biome-ignore format: a table.
export const FONT_FILES: readonly FontFile[] = [
  face("sans", "latin", "normal", new URL("@fontsource-variable/inter/files/inter-latin-wght-normal.woff2", import.meta.url)),
  face("sans", "latin", "italic", new URL("@fontsource-variable/inter/files/inter-latin-wght-italic.woff2", import.meta.url)),
  face("sans", "latin-ext", "normal", new URL("@fontsource-variable/inter/files/inter-latin-ext-wght-normal.woff2", import.meta.url)),
  face("sans", "latin-ext", "italic", new URL("@fontsource-variable/inter/files/inter-latin-ext-wght-italic.woff2", import.meta.url)),
  face("sans", "cyrillic", "normal", new URL("@fontsource-variable/inter/files/inter-cyrillic-wght-normal.woff2", import.meta.url)),
  face("sans", "cyrillic", "italic", new URL("@fontsource-variable/inter/files/inter-cyrillic-wght-italic.woff2", import.meta.url)),
  face("sans", "cyrillic-ext", "normal", new URL("@fontsource-variable/inter/files/inter-cyrillic-ext-wght-normal.woff2", import.meta.url)),
  face("sans", "cyrillic-ext", "italic", new URL("@fontsource-variable/inter/files/inter-cyrillic-ext-wght-italic.woff2", import.meta.url)),
  face("sans", "greek", "normal", new URL("@fontsource-variable/inter/files/inter-greek-wght-normal.woff2", import.meta.url)),
  face("sans", "greek", "italic", new URL("@fontsource-variable/inter/files/inter-greek-wght-italic.woff2", import.meta.url)),
  face("sans", "vietnamese", "normal", new URL("@fontsource-variable/inter/files/inter-vietnamese-wght-normal.woff2", import.meta.url)),
  face("sans", "vietnamese", "italic", new URL("@fontsource-variable/inter/files/inter-vietnamese-wght-italic.woff2", import.meta.url)),
  face("serif", "latin", "normal", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-normal.woff2", import.meta.url)),
  face("serif", "latin", "italic", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-latin-wght-italic.woff2", import.meta.url)),
  face("serif", "latin-ext", "normal", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-normal.woff2", import.meta.url)),
  face("serif", "latin-ext", "italic", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-latin-ext-wght-italic.woff2", import.meta.url)),
  face("serif", "cyrillic", "normal", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-cyrillic-wght-normal.woff2", import.meta.url)),
  face("serif", "cyrillic", "italic", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-cyrillic-wght-italic.woff2", import.meta.url)),
  face("serif", "cyrillic-ext", "normal", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-cyrillic-ext-wght-normal.woff2", import.meta.url)),
  face("serif", "cyrillic-ext", "italic", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-cyrillic-ext-wght-italic.woff2", import.meta.url)),
  face("serif", "greek", "normal", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-greek-wght-normal.woff2", import.meta.url)),
  face("serif", "greek", "italic", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-greek-wght-italic.woff2", import.meta.url)),
  face("serif", "vietnamese", "normal", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-vietnamese-wght-normal.woff2", import.meta.url)),
  face("serif", "vietnamese", "italic", new URL("@fontsource-variable/source-serif-4/files/source-serif-4-vietnamese-wght-italic.woff2", import.meta.url)),
  face("mono", "latin", "normal", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-normal.woff2", import.meta.url)),
  face("mono", "latin", "italic", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-wght-italic.woff2", import.meta.url)),
  face("mono", "latin-ext", "normal", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-ext-wght-normal.woff2", import.meta.url)),
  face("mono", "latin-ext", "italic", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-latin-ext-wght-italic.woff2", import.meta.url)),
  face("mono", "cyrillic", "normal", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-cyrillic-wght-normal.woff2", import.meta.url)),
  face("mono", "cyrillic", "italic", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-cyrillic-wght-italic.woff2", import.meta.url)),
  face("mono", "cyrillic-ext", "normal", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-cyrillic-ext-wght-normal.woff2", import.meta.url)),
  face("mono", "cyrillic-ext", "italic", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-cyrillic-ext-wght-italic.woff2", import.meta.url)),
  face("mono", "greek", "normal", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-greek-wght-normal.woff2", import.meta.url)),
  face("mono", "greek", "italic", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-greek-wght-italic.woff2", import.meta.url)),
  face("mono", "vietnamese", "normal", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-vietnamese-wght-normal.woff2", import.meta.url)),
  face("mono", "vietnamese", "italic", new URL("@fontsource-variable/jetbrains-mono/files/jetbrains-mono-vietnamese-wght-italic.woff2", import.meta.url)),
];

function face(key: FontKey, subset: FontSubset, style: "normal" | "italic", url: URL): FontFile {
  return { key, subset, style, url };
}
