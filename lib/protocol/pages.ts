import { z } from "zod";
import { documentSchema } from "#lib/protocol/document.ts";

/** How much the reader strips: nothing, known trackers, or every third party that is not needed to read. */
export const trackerLevelSchema = z.enum(["off", "standard", "strict"]);
export type TrackerLevel = z.infer<typeof trackerLevelSchema>;

/** The query of `GET /api/pages`. `url` may be any text typed into the address bar; text that is no URL is searched for. */
export const getPageQuerySchema = z.object({
  url: z.string().trim().min(1, "Type an address or something to search for.").max(8192),
  level: trackerLevelSchema.default("standard"),
  /** `reload`: revalidate with the origin even when the copy is fresh. */
  mode: z.enum(["default", "reload"]).default("default"),
});

export const pageLinkSchema = z.object({
  href: z.string(),
  text: z.string(),
  /** Same registrable domain as the page. */
  internal: z.boolean(),
});
export type PageLink = z.infer<typeof pageLinkSchema>;

export const pageMediaSchema = z.object({
  /** What image and video blocks and cards point at. */
  id: z.string(),
  kind: z.enum(["image", "video", "audio"]),
  /** The origin's address; shown to people, never loaded by the browser. */
  url: z.string(),
  /** Signed path on our own origin (`/api/media?…`): the only thing a browser loads. `&w=<px>` may be appended to ask for a narrower image. */
  src: z.string(),
  width: z.number().int().positive().nullable(),
  height: z.number().int().positive().nullable(),
  alt: z.string(),
});
export type PageMedia = z.infer<typeof pageMediaSchema>;

export const trackerReportSchema = z.object({
  level: trackerLevelSchema,
  /** Third-party tracker references found in the page; none of them reached the visitor's device. */
  count: z.number().int().nonnegative(),
  entities: z.array(z.object({ name: z.string(), category: z.string(), count: z.number().int().positive() })),
  /** Tracking parameters removed from links. */
  strippedParameters: z.number().int().nonnegative(),
});
export type TrackerReport = z.infer<typeof trackerReportSchema>;

export const cacheStateSchema = z.enum(["hit", "miss", "revalidated", "stale"]);
export type CacheState = z.infer<typeof cacheStateSchema>;

/** What `GET /api/pages` answers. */
export const pageSchema = z.object({
  document: documentSchema,
  links: z.array(pageLinkSchema),
  media: z.array(pageMediaSchema),
  trackers: trackerReportSchema,
  /** The page shows little without its JavaScript: a live panel is needed to see all of it. */
  needsLive: z.boolean(),
  /** Path on our own origin of the site's icon, or null. */
  icon: z.string().nullable(),
  cache: cacheStateSchema,
  /**
   * Made of what a live page showed at `document.source.fetchedAt`, its scripts run and its visitor signed in
   * as they were then. Absent: read from what the site sends to anybody.
   */
  fromLive: z.literal(true).optional(),
});
export type Page = z.infer<typeof pageSchema>;
