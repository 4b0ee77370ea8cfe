import { z } from "zod";
import { LIVE_ZONES } from "#lib/protocol/live-zones.ts";
import { trackerLevelSchema } from "#lib/protocol/pages.ts";

/** CSS pixels; `dpr` is device pixels for each of them. */
export const liveViewportSchema = z.object({
  width: z.number().int().min(160).max(3840),
  height: z.number().int().min(120).max(2400),
  dpr: z.number().min(0.5).max(4),
});
export type LiveViewport = z.infer<typeof liveViewportSchema>;

export const liveDeviceSchema = z.object({
  mode: z.enum(["desktop", "mobile"]),
  dark: z.boolean(),
  reducedMotion: z.boolean(),
  /** Two or three letters, with a region at most: `de`, `pt-BR`. */
  language: z.string().regex(/^[a-z]{2,3}(-[A-Z]{2})?$/),
});
export type LiveDevice = z.infer<typeof liveDeviceSchema>;

/** Names of contexts that begin so belong to private tabs: nothing of them outlives them. */
export const PRIVATE_CONTEXT = "private ";

const liveZoneSchema = z.enum(LIVE_ZONES);

/** The body of `POST /api/live/sessions`. */
export const createLiveSessionBodySchema = z.object({
  url: z.string().min(1).max(8192),
  viewport: liveViewportSchema,
  device: liveDeviceSchema,
  level: trackerLevelSchema.default("standard"),
  /** Nothing of this tab is kept, and it shares nothing with tabs that are not private. */
  private: z.boolean().default(false),
  /** Wants what the account's persistent profile holds, and to be kept in it. */
  profile: z.boolean().default(false),
  /** Holds for a context from its first tab to its last. */
  zone: liveZoneSchema.default("UTC"),
});
export type CreateLiveSessionBody = z.infer<typeof createLiveSessionBodySchema>;

/** What `POST /api/live/sessions` answers. */
export const liveSessionSchema = z.discriminatedUnion("status", [
  z.object({
    status: z.literal("ready"),
    /** Opens one tab, once, within `expiresInS`. */
    ticket: z.string(),
    /** ws: or wss:, the node that holds the place. */
    socketUrl: z.string(),
    expiresInS: z.number().positive(),
  }),
  z.object({
    status: z.literal("waiting"),
    /** 1 is next. */
    place: z.number().int().positive(),
    retryAfterMs: z.number().int().positive(),
  }),
]);
export type LiveSession = z.infer<typeof liveSessionSchema>;

/** What a signed ticket says. */
export const liveTicketSchema = z.object({
  v: z.literal(1),
  /** What it opens. Tickets for anything else say so here, and open no tab. */
  purpose: z.literal("tab").optional(),
  /** Unique; a node admits each once. */
  id: z.string().min(16).max(64),
  node: z.string().min(1).max(64),
  /** Who: an account's or a guest's opaque id. Never shown to a page. */
  account: z.string().min(1).max(128),
  /** Tabs of one account with the same context share cookies; no others do. */
  context: z.string().min(1).max(128),
  url: z.string().min(1).max(8192),
  viewport: liveViewportSchema,
  device: liveDeviceSchema,
  level: trackerLevelSchema,
  profile: z.boolean(),
  /** UTC when absent. */
  zone: liveZoneSchema.optional(),
  rights: z.object({
    tabsMax: z.number().int().positive(),
    minutesMax: z.number().positive(),
    /** Device pixels of one tab, in millions. */
    megapixelsMax: z.number().positive(),
    uploadBytesMax: z.number().int().nonnegative(),
    downloadBytesMax: z.number().int().nonnegative(),
  }),
  /** Seconds since the epoch. */
  expiresAt: z.number().int(),
});
export type LiveTicket = z.infer<typeof liveTicketSchema>;
