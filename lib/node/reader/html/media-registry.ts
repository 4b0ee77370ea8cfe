import { hashText } from "#lib/core/document/identify-blocks.ts";
import { LIMITS } from "#lib/node/reader/html/limits.ts";
import { collapse, type ElementNode, findAll } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import type { ReadingMedia } from "#lib/node/reader/reading.ts";

/** The media a document points at, each address once. */
export class MediaRegistry {
  private readonly byUrl = new Map<string, ReadingMedia>();
  private readonly claimed = new Set<string>();
  private readonly urls: PageUrls;

  constructor(urls: PageUrls) {
    this.urls = urls;
  }

  get all(): ReadingMedia[] {
    return [...this.byUrl.values()];
  }

  /** True the first time an image block asks to show this one. */
  claim(media: ReadingMedia): boolean {
    const first = !this.claimed.has(media.id);
    this.claimed.add(media.id);
    return first;
  }

  add(media: Omit<ReadingMedia, "id">): ReadingMedia | null {
    const known = this.byUrl.get(media.url);
    if (known) return known;
    if (this.byUrl.size >= LIMITS.mediaMax) return null;
    const added = { id: `m${hashText(media.url)}`, ...media };
    this.byUrl.set(media.url, added);
    return added;
  }

  /** The best address of an `<img>`, or null when it is a pixel, an icon or a placeholder. */
  addImage(img: ElementNode): ReadingMedia | null {
    if (isTinyImage(img) || DECORATION_NAME.test(`${img.attribute("class")} ${img.attribute("id")}`))
      return null;
    const url = this.imageUrl(img);
    if (!url || DECORATION.test(url)) return null;
    return this.add({
      kind: "image",
      url,
      width: dimension(img, "width"),
      height: dimension(img, "height"),
      alt: collapse(img.attribute("alt")).slice(0, 1_000),
    });
  }

  private imageUrl(img: ElementNode): string | null {
    const candidates: string[] = [];
    for (const name of LAZY_SRCSET) candidates.push(bestOfSrcset(img.attribute(name)));
    const picture = img.parent?.tag === "picture" ? img.parent : null;
    if (picture) {
      for (const source of findAll(picture, (node) => node.tag === "source")) {
        candidates.push(bestOfSrcset(source.attribute("srcset") || source.attribute("data-srcset")));
      }
    }
    for (const name of LAZY_SRC) candidates.push(img.attribute(name));
    candidates.push(img.attribute("src"));
    for (const candidate of candidates) {
      const url = candidate && looksLikeAddress(candidate) ? this.urls.resource(candidate) : null;
      if (url && !PLACEHOLDER.test(url)) return url;
    }
    return null;
  }
}

const LAZY_SRCSET = ["data-srcset", "data-lazy-srcset", "srcset"];
const LAZY_SRC = [
  "data-src",
  "data-lazy-src",
  "data-original",
  "data-hi-res-src",
  "data-full-src",
  "data-url",
  "data-image",
  "data-actualsrc",
  "data-echo",
];

/** Fragments of the addresses of trackers, placeholders and decoration, in general web vocabulary. */
const PLACEHOLDER =
  /(placeholder|lazy[-_]?load|blank|spacer|transparent|grey|1x1|loading)[^/]*\.(gif|png|svg|jpe?g|webp)(\?|$)/i;
const DECORATION =
  /\/(pixel|beacon|spacer|clear|blank)\b[^/]*$|[?&](pixel|beacon)=|gravatar\.com\/avatar|\/(emoji|smil(e|ies)|emoticons)\//i;

/** Words in an image's class or id that tell a face, a mark or a sign from a picture. */
const DECORATION_NAME =
  /(?:^|[\s_-])(?:avatar|userpic|gravatar|logo|icon|emoji|emote|smilies?|badge|sprite|pixel|flag)(?:[\s_-]|\d|$)/i;

function looksLikeAddress(text: string): boolean {
  return !/^[[{]/.test(text.trim()) && /[./]/.test(text);
}

/** The widest candidate up to what a reader can show; density counts as multiples of a normal width. */
export function bestOfSrcset(srcset: string): string {
  if (srcset === "") return "";
  let best = "";
  let bestWidth = -1;
  let address = "";
  const settle = (width: number): void => {
    const fits = width <= WIDTH_USEFUL_MAX;
    const bestFits = bestWidth <= WIDTH_USEFUL_MAX;
    const better = fits ? !bestFits || width > bestWidth : !bestFits && width < bestWidth;
    if (address !== "" && (best === "" || better)) {
      best = address;
      bestWidth = width;
    }
    address = "";
  };
  // A comma right after a size parts candidates even without a space; one inside an address does not.
  for (const token of srcset.replace(/(\s[\d.]+[wx]),/g, "$1 , ").split(/\s+/)) {
    const size = /^([\d.]+)([wx])$/.exec(token);
    if (size && address !== "") {
      settle(Number.parseFloat(size[1] ?? "1") * (size[2] === "x" ? DENSITY_WIDTH : 1));
    } else if (token !== "" && token !== ",") {
      if (address !== "") settle(DENSITY_WIDTH);
      address = token.replace(/,$/, "");
      if (token.endsWith(",")) settle(DENSITY_WIDTH);
    }
  }
  settle(DENSITY_WIDTH);
  return best;
}

/** What an image without a stated width is taken to have. */
const DENSITY_WIDTH = 800;

/** CSS pixels: a wide reading column at twice the density. */
const WIDTH_USEFUL_MAX = 1_920;

function dimension(img: ElementNode, name: "width" | "height"): number | null {
  const value = Number.parseInt(img.attribute(name), 10);
  return value > 0 && value < 20_000 ? value : null;
}

/** Below this an image is an icon or a pixel, not something to look at. */
const SIDE_MIN = 40;

function isTinyImage(img: ElementNode): boolean {
  const sides = [dimension(img, "width"), dimension(img, "height")];
  const style = /(?:^|;)\s*(?:width|height)\s*:\s*([\d.]+)px/i.exec(img.attribute("style"));
  if (style) sides.push(Number.parseFloat(style[1] ?? ""));
  if (/^\s*0\s*$/.test(img.attribute("width")) || /^\s*0\s*$/.test(img.attribute("height"))) return true;
  return sides.some((side) => side !== null && side < SIDE_MIN);
}
