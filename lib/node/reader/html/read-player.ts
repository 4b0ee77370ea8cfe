import type { MediaRegistry } from "#lib/node/reader/html/media-registry.ts";
import { collapse, type ElementNode, findFirst } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";
import type { VideoBlock } from "#lib/protocol/document.ts";

/** A `<video>` or `<audio>` with an address of its own, or null: many players get theirs from a script. */
export function readPlayer(
  node: ElementNode,
  { urls, media }: { urls: PageUrls; media: MediaRegistry },
): VideoBlock | null {
  const source =
    node.attribute("src") || findFirst(node, (at) => at.tag === "source")?.attribute("src") || "";
  const url = urls.resource(source);
  if (!url) return null;
  const title = collapse(node.attribute("title") || node.attribute("aria-label")).slice(0, 300);
  const kind = node.tag === "audio" ? "audio" : "video";
  const played = media.add({ kind, url, width: null, height: null, alt: title });
  if (!played) return null;
  const posterUrl = urls.resource(node.attribute("poster"));
  const poster =
    posterUrl && media.add({ kind: "image", url: posterUrl, width: null, height: null, alt: "" });
  return {
    id: "",
    type: "video",
    media: played.id,
    ...(poster ? { poster: poster.id } : {}),
    title,
    caption: [],
  };
}
