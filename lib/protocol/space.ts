import { z } from "zod";
import { citationSchema } from "#lib/protocol/document.ts";

/**
 * A space is a saved arrangement of panels. It is pure data: the flat view, the
 * room and the immersive view draw the same one, and it is what is kept on the
 * device or, with an account, on the server.
 */

/**
 * Where a panel stands around the person. Degrees, metres; curvature 0 (flat) to 1
 * (wrapped around); aspect is height / width. Azimuth grows to the right, elevation
 * upwards, and the panel faces the head.
 */
export const poseSchema = z.object({
  azimuthDeg: z.number().min(-180).max(180),
  elevationDeg: z.number().min(-90).max(90),
  distanceM: z.number().min(0.2).max(20),
  widthM: z.number().min(0.1).max(10),
  curvature: z.number().min(0).max(1),
  aspect: z.number().min(0.3).max(3),
});
export type Pose = z.infer<typeof poseSchema>;

const engineSchema = z.enum(["reader", "live"]);

/** Where a page is being read: a block and the share of it above the edge, which hold when size or font change; `y` in CSS pixels helps when the block is gone. */
export const entryScrollSchema = z.object({
  blockId: z.string().max(128).nullable(),
  offset: z.number().min(0).max(1),
  y: z.number().min(0),
});
export type EntryScroll = z.infer<typeof entryScrollSchema>;

/** `url` is an absolute address, or `?` and the words of a search. */
export const pageEntrySchema = z.object({
  url: z.string().min(1).max(8192),
  title: z.string().max(1024),
  scroll: entryScrollSchema,
});
export type PageEntry = z.infer<typeof pageEntrySchema>;

/** What a page panel shows. A new tab has no entries, index -1 and an empty `url`; else `url` is the current entry's. */
export const pageStateSchema = z.object({
  engine: engineSchema,
  url: z.string().max(8192),
  entries: z.array(pageEntrySchema).max(100),
  index: z.number().int().min(-1),
  /** 1 is 100 %. */
  zoom: z.number().min(0.3).max(5),
  /** The kind of device a live page is asked to lay out for; the reader ignores it. */
  mode: z.enum(["desktop", "mobile"]),
  /** Path on our own origin of the site's icon. */
  icon: z.string().max(8192).nullable(),
  /** How a live page is heard; absent: at full volume. 1 is all it has. */
  sound: z.object({ muted: z.boolean(), volume: z.number().min(0).max(1) }).optional(),
});
export type PageState = z.infer<typeof pageStateSchema>;

const panelBase = {
  id: z.string().min(1).max(64),
  title: z.string().max(1024),
  pose: poseSchema,
  /** The id of one of the space's groups. */
  group: z.string().min(1).max(64).optional(),
  pinned: z.boolean(),
  /** Nothing about a private panel is ever written to disk. */
  private: z.boolean(),
};

/** What a chat, dashboard or quiz panel shows is kept elsewhere; the panel holds its id. */
const referenceStateSchema = z.object({ id: z.string().min(1) });

export const panelSchema = z.discriminatedUnion("kind", [
  z.object({ ...panelBase, kind: z.literal("page"), state: pageStateSchema }),
  z.object({ ...panelBase, kind: z.literal("chat"), state: referenceStateSchema }),
  z.object({ ...panelBase, kind: z.literal("dashboard"), state: referenceStateSchema }),
  z.object({ ...panelBase, kind: z.literal("quiz"), state: referenceStateSchema }),
]);
export type Panel = z.infer<typeof panelSchema>;
export type PagePanel = Extract<Panel, { kind: "page" }>;

/** Two or three panels shown side by side. `sizes` are shares of the width in the same order and sum to 1. */
export const splitSchema = z.object({
  id: z.string().min(1).max(64),
  panels: z.array(z.string()).min(2).max(3),
  sizes: z.array(z.number().min(0.1).max(0.9)).min(2).max(3),
});
export type Split = z.infer<typeof splitSchema>;

export const panelGroupSchema = z.object({
  id: z.string().min(1).max(64),
  title: z.string().max(128),
  collapsed: z.boolean(),
});
export type PanelGroup = z.infer<typeof panelGroupSchema>;

/** A named arrangement. Poses of panels closed since are kept: their places are free for others. */
export const poseLayoutSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().min(1).max(128),
  poses: z.record(z.string().min(1).max(64), poseSchema),
});
export type PoseLayout = z.infer<typeof poseLayoutSchema>;

export const layoutSchema = z.object({
  splits: z.array(splitSchema),
  groups: z.array(panelGroupSchema),
  poseLayouts: z.array(poseLayoutSchema).max(50),
  /** The named arrangement last applied or saved; panels may have been moved since. */
  activeLayoutId: z.string().nullable(),
  /** Panels come along when the person turns or walks. */
  follow: z.boolean(),
  /** The one panel that keeps its place in the field of view. */
  headLockedId: z.string().nullable(),
});
export type Layout = z.infer<typeof layoutSchema>;

/** A passage pulled out of a page. `panelId` is where it came from; that panel may be gone. */
export const noteSchema = z.object({
  id: z.string().min(1).max(64),
  citation: citationSchema,
  url: z.string().min(1).max(8192),
  title: z.string().max(1024),
  panelId: z.string().min(1).max(64),
  pose: poseSchema,
  /** ISO 8601, UTC. */
  createdAt: z.iso.datetime(),
  /** Taken from a private panel: never written to disk. */
  private: z.boolean(),
});
export type Note = z.infer<typeof noteSchema>;

const trailEndSchema = z.object({
  url: z.string().min(1).max(8192),
  title: z.string().max(1024),
  panelId: z.string().min(1).max(64),
});
export type TrailEnd = z.infer<typeof trailEndSchema>;

/** A link that was followed from one page to another. */
export const trailLinkSchema = z.object({
  id: z.string().min(1).max(64),
  from: trailEndSchema,
  to: trailEndSchema,
  /** ISO 8601, UTC. */
  at: z.iso.datetime(),
  /** One end is a private panel: never written to disk. */
  private: z.boolean(),
});
export type TrailLink = z.infer<typeof trailLinkSchema>;

export const spaceSchema = z.object({
  id: z.string().min(1).max(64),
  name: z.string().max(128),
  environment: z.string().max(64),
  layout: layoutSchema,
  /** In the order of the tab strip: pinned panels first. */
  panels: z.array(panelSchema).max(500),
  notes: z.array(noteSchema).max(500),
  /** In the order the links were followed. */
  trail: z.array(trailLinkSchema).max(1000),
  /** Grows by one with each save; two writers find out about each other by it. */
  version: z.number().int().nonnegative(),
});
export type Space = z.infer<typeof spaceSchema>;
