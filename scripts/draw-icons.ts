import { mkdirSync, statSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import sharp from "sharp";

/**
 * Draws the icons of the app into `public/icons`: `node scripts/draw-icons.ts`.
 * The mark is a Q: a ring, and a panel that leans out of it. What it writes is
 * committed, so this runs only when the mark changes.
 */
const BYTES_MAX = 50_000;
const INK = "#10282e";
const DEEP = "#1d4a52";
const PAPER = "#f7f5f0";
const ACCENT = "#6fd3dd";

interface Look {
  ring: string;
  tail: string;
}

/** The mark in a box of 512, `scale` of its full size. */
function mark({ ring, tail }: Look, scale: number): string {
  return `<g transform="translate(256 256) scale(${scale}) translate(-256 -256)">
    <circle cx="246" cy="246" r="128" fill="none" stroke="${ring}" stroke-width="46"/>
    <rect x="-74" y="-23" width="148" height="46" rx="23" fill="${tail}" transform="translate(346 346) rotate(45)"/>
  </g>`;
}

const GRADIENT = `<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="${DEEP}"/><stop offset="1" stop-color="${INK}"/></linearGradient></defs>`;
const LOOK = { ring: PAPER, tail: ACCENT };

function svg(body: string): string {
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 512 512">${body}</svg>`;
}

const icon = svg(`${GRADIENT}<rect width="512" height="512" rx="116" fill="url(#g)"/>${mark(LOOK, 1)}`);
/** Systems cut this one to their shape; the mark keeps within the middle four fifths. */
const maskable = svg(`${GRADIENT}<rect width="512" height="512" fill="url(#g)"/>${mark(LOOK, 0.82)}`);
const monochrome = svg(mark({ ring: "#000", tail: "#000" }, 1.1));

/** Lucide's `plus`, `book-open`, `clock` and `box`, drawn in its box of 24. */
const SHORTCUTS = {
  "new-tab": '<path d="M5 12h14M12 5v14"/>',
  "reading-list":
    '<path d="M12 7v13M3 5h6a3 3 0 0 1 3 3 3 3 0 0 1 3-3h6v13h-7a2 2 0 0 0-2 2 2 2 0 0 0-2-2H3z"/>',
  history: '<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>',
  room: '<path d="M12 3l8 4.5v9L12 21l-8-4.5v-9z"/><path d="M4 7.5l8 4.5 8-4.5M12 12v9"/>',
};

function shortcut(paths: string): string {
  return svg(
    `<circle cx="256" cy="256" r="250" fill="${PAPER}"/><g transform="translate(124 124) scale(11)" fill="none" stroke="${DEEP}" stroke-width="1.75" stroke-linecap="round" stroke-linejoin="round">${paths}</g>`,
  );
}

const folder = join(resolve(import.meta.dirname, ".."), "public/icons");
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, "icon.svg"), `${icon}\n`);

const files: [string, string, number][] = [
  ["icon-192", icon, 192],
  ["icon-512", icon, 512],
  ["maskable-192", maskable, 192],
  ["maskable-512", maskable, 512],
  ["monochrome-512", monochrome, 512],
  ["apple-touch-icon", maskable, 180],
  ...Object.entries(SHORTCUTS).map(([name, paths]): [string, string, number] => [
    `shortcut-${name}-96`,
    shortcut(paths),
    96,
  ]),
];
for (const [name, source, size] of files) {
  const path = join(folder, `${name}.png`);
  await sharp(Buffer.from(source), { density: 288 })
    .resize(size, size)
    .png({ compressionLevel: 9, palette: true })
    .toFile(path);
  const { size: bytes } = statSync(path);
  if (bytes > BYTES_MAX) throw new Error(`${name}.png has ${bytes} bytes.`);
  console.log(`${name}.png ${bytes} bytes`);
}
