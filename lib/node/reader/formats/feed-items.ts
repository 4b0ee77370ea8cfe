import type { parseFeed } from "feedsmith";
import { isoDate } from "#lib/node/reader/html/parse-date.ts";

type ParsedFeed = ReturnType<typeof parseFeed<string>>;
type Parsed<Format extends ParsedFeed["format"]> = Extract<ParsedFeed, { format: Format }>["feed"];
type RssItem = NonNullable<Parsed<"rss">["items"]>[number];
type RdfItem = NonNullable<Parsed<"rdf">["items"]>[number];
type AtomEntry = NonNullable<Parsed<"atom">["entries"]>[number];
type JsonItem = NonNullable<Parsed<"json">["items"]>[number];
type Media = RssItem["media"];

/** One item of a feed of any format. Texts may be HTML; addresses are as written. */
export interface FeedItem {
  title: string;
  url: string;
  summary: string;
  /** The whole article, or empty. */
  content: string;
  /** `content` is plain text, not HTML. */
  isPlain: boolean;
  author: string | null;
  publishedAt: string | null;
  imageUrl: string | null;
  enclosures: { url: string; type: string }[];
}

export interface FeedFacts {
  title: string;
  description: string;
  siteUrl: string;
  author: string | null;
  lang: string | null;
  iconUrl: string | null;
  updatedAt: string | null;
  items: FeedItem[];
}

/** What RSS, RDF, Atom and JSON Feed say in their different words. */
export function feedFacts(parsed: ParsedFeed): FeedFacts {
  switch (parsed.format) {
    case "rss":
      return rssFacts(parsed.feed);
    case "rdf":
      return rdfFacts(parsed.feed);
    case "atom":
      return atomFacts(parsed.feed);
    case "json":
      return jsonFacts(parsed.feed);
  }
}

function rssFacts(feed: Parsed<"rss">): FeedFacts {
  return {
    title: feed.title ?? "",
    description: feed.description ?? feed.itunes?.summary ?? "",
    siteUrl: feed.link ?? "",
    author: feed.itunes?.author ?? feed.managingEditor?.name ?? feed.dc?.creators?.[0] ?? null,
    lang: feed.language ?? feed.dc?.languages?.[0] ?? null,
    iconUrl: feed.image?.url ?? feed.itunes?.image ?? null,
    updatedAt: isoDate(feed.lastBuildDate ?? feed.pubDate ?? feed.dc?.dates?.[0]),
    items: (feed.items ?? []).map(rssItem),
  };
}

function rssItem(item: RssItem): FeedItem {
  const permalink =
    item.guid?.isPermaLink !== false && /^https?:/.test(item.guid?.value ?? "") ? item.guid?.value : "";
  const content = item.content?.encoded ?? "";
  return {
    title: item.title ?? item.itunes?.title ?? item.media?.title?.value ?? "",
    url: item.link || permalink || item.atom?.links?.[0]?.href || "",
    summary: item.description ?? item.itunes?.summary ?? item.media?.description?.value ?? "",
    content,
    isPlain: false,
    author: item.dc?.creators?.[0] ?? item.itunes?.author ?? item.authors?.[0]?.name ?? null,
    publishedAt: isoDate(item.pubDate ?? item.dc?.dates?.[0] ?? item.atom?.updated),
    imageUrl: mediaImage(item.media) ?? item.itunes?.image ?? enclosedImage(item.enclosures) ?? null,
    enclosures: [...enclosuresOf(item.enclosures), ...playableMedia(item.media)],
  };
}

function rdfFacts(feed: Parsed<"rdf">): FeedFacts {
  return {
    title: feed.title ?? "",
    description: feed.description ?? "",
    siteUrl: feed.link ?? "",
    author: feed.dc?.creators?.[0] ?? null,
    lang: feed.dc?.languages?.[0] ?? null,
    iconUrl: feed.image?.url ?? null,
    updatedAt: isoDate(feed.dc?.dates?.[0]),
    items: (feed.items ?? []).map((item: RdfItem) => ({
      title: item.title ?? "",
      url: item.link ?? "",
      summary: item.description ?? "",
      content: item.content?.encoded ?? "",
      isPlain: false,
      author: item.dc?.creators?.[0] ?? null,
      publishedAt: isoDate(item.dc?.dates?.[0]),
      imageUrl: mediaImage(item.media),
      enclosures: [],
    })),
  };
}

function atomFacts(feed: Parsed<"atom">): FeedFacts {
  return {
    title: feed.title?.value ?? "",
    description: feed.subtitle?.value ?? "",
    siteUrl: linkOf(feed.links, "alternate") ?? "",
    author: feed.authors?.[0]?.name ?? null,
    lang: feed.xml?.lang ?? null,
    iconUrl: feed.icon ?? feed.logo ?? null,
    updatedAt: isoDate(feed.updated),
    items: (feed.entries ?? []).map((entry) => atomItem(entry)),
  };
}

function atomItem(entry: AtomEntry): FeedItem {
  const video = entry.media?.groups?.[0];
  return {
    title: entry.title?.value ?? "",
    url: linkOf(entry.links, "alternate") ?? entry.content?.src ?? "",
    summary: entry.summary?.value ?? video?.description?.value ?? "",
    content: entry.content?.value ?? "",
    isPlain:
      entry.content?.type === "text" ||
      entry.content?.type === "text/plain" ||
      entry.content?.type === undefined,
    author: entry.authors?.[0]?.name ?? entry.source?.authors?.[0]?.name ?? entry.dc?.creators?.[0] ?? null,
    publishedAt: isoDate(entry.published ?? entry.updated),
    imageUrl: mediaImage(entry.media),
    enclosures: (entry.links ?? [])
      .filter((link) => link.rel === "enclosure" && link.href)
      .map((link) => ({ url: link.href ?? "", type: link.type ?? "" })),
  };
}

function jsonFacts(feed: Parsed<"json">): FeedFacts {
  return {
    title: feed.title ?? "",
    description: feed.description ?? "",
    siteUrl: feed.home_page_url ?? "",
    author: feed.authors?.[0]?.name ?? null,
    lang: feed.language ?? null,
    iconUrl: feed.icon ?? feed.favicon ?? null,
    updatedAt: null,
    items: (feed.items ?? []).map((item) => jsonItem(item)),
  };
}

function jsonItem(item: JsonItem): FeedItem {
  return {
    title: item.title ?? "",
    url: item.url ?? item.external_url ?? "",
    summary: item.summary ?? "",
    content: item.content_html ?? item.content_text ?? "",
    isPlain: item.content_html === undefined,
    author: item.authors?.[0]?.name ?? null,
    publishedAt: isoDate(item.date_published ?? item.date_modified),
    imageUrl: item.image ?? item.banner_image ?? null,
    enclosures: (item.attachments ?? []).map(({ url, mime_type }) => ({
      url: url ?? "",
      type: mime_type ?? "",
    })),
  };
}

function linkOf(links: AtomEntry["links"], rel: string): string | null {
  const found = links?.find(
    (link) => (link.rel ?? "alternate") === rel && !/feed|rss|atom|json/.test(link.type ?? ""),
  );
  return found?.href ?? null;
}

function mediaImage(media: Media): string | null {
  if (!media) return null;
  const group = media.groups?.[0];
  const contents = [...(media.contents ?? []), ...(group?.contents ?? [])];
  const images = contents.filter(({ type, medium, url }) => {
    return (
      medium === "image" ||
      type?.startsWith("image/") ||
      (!type && !medium && /\.(?:jpe?g|png|webp|gif|avif)(?:\?|$)/i.test(url ?? ""))
    );
  });
  const widest = images.toSorted((a, b) => (b.width ?? 0) - (a.width ?? 0))[0]?.url;
  const thumbnail = media.thumbnails?.[0] ?? group?.thumbnails?.[0] ?? contents[0]?.thumbnails?.[0];
  return widest ?? thumbnail?.url ?? null;
}

function playableMedia(media: Media): FeedItem["enclosures"] {
  return (media?.contents ?? [])
    .filter(({ type }) => /^(?:audio|video)\//.test(type ?? ""))
    .map(({ url, type }) => ({ url: url ?? "", type: type ?? "" }));
}

function enclosuresOf(enclosures: RssItem["enclosures"]): FeedItem["enclosures"] {
  return (enclosures ?? []).map(({ url, type }) => ({ url: url ?? "", type: type ?? "" }));
}

function enclosedImage(enclosures: RssItem["enclosures"]): string | null {
  return enclosures?.find(({ type }) => type?.startsWith("image/"))?.url ?? null;
}
