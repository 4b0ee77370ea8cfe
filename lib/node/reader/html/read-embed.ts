import { collapse, type ElementNode } from "#lib/node/reader/html/node.ts";
import type { PageUrls } from "#lib/node/reader/html/page-url.ts";

/** Players whose frame address says which page shows the same thing. */
const PLAYERS: readonly { host: RegExp; path: RegExp; page: (id: string) => string; name: string }[] = [
  {
    host: /^(www\.)?youtube(-nocookie)?\.com$/,
    path: /^\/embed\/([\w-]{6,20})/,
    page: (id) => `https://www.youtube.com/watch?v=${id}`,
    name: "YouTube video",
  },
  {
    host: /^player\.vimeo\.com$/,
    path: /^\/video\/(\d+)/,
    page: (id) => `https://vimeo.com/${id}`,
    name: "Vimeo video",
  },
  {
    host: /^(www\.)?dailymotion\.com$/,
    path: /^\/embed\/video\/(\w+)/,
    page: (id) => `https://www.dailymotion.com/video/${id}`,
    name: "Dailymotion video",
  },
  {
    host: /^open\.spotify\.com$/,
    path: /^\/embed\/(\w+\/\w+)/,
    page: (id) => `https://open.spotify.com/${id}`,
    name: "Spotify",
  },
  {
    host: /^codepen\.io$/,
    path: /^\/(.+)/,
    page: (id) => `https://codepen.io/${id.replace("/embed/", "/pen/")}`,
    name: "CodePen",
  },
];

const SHOWN_ELSEWHERE =
  /(^|\.)(soundcloud\.com|bandcamp\.com|ted\.com|twitch\.tv|wistia\.(com|net)|loom\.com|jsfiddle\.net|codesandbox\.io|datawrapper\.de|dwcdn\.net|flourish\.studio|slideshare\.net|speakerdeck\.com|archive\.org|podcasts\.apple\.com|brightcove\.net|streamable\.com|openstreetmap\.org)$/;

/** Where a framed player or chart can be seen, or null when the frame is an advertisement, a widget or unknown. */
export function embedTarget(frame: ElementNode, urls: PageUrls): { url: string; title: string } | null {
  const raw =
    frame.attribute("src") ||
    frame.attribute("data-src") ||
    frame.attribute("data-lazy-src") ||
    frame.attribute("data");
  const address = urls.resource(raw);
  if (!address) return null;
  const url = new URL(address);
  const title = collapse(frame.attribute("title") || frame.attribute("aria-label")).slice(0, 300);
  for (const player of PLAYERS) {
    const id = player.host.test(url.hostname) ? player.path.exec(url.pathname)?.[1] : undefined;
    if (id) return { url: player.page(id), title: title || player.name };
  }
  if (isMap(url)) return { url: address, title: title || "Map" };
  return SHOWN_ELSEWHERE.test(url.hostname) ? { url: address, title: title || url.hostname } : null;
}

function isMap(url: URL): boolean {
  return /(^|\.)google\.[a-z.]+$/.test(url.hostname) && url.pathname.startsWith("/maps/embed");
}
