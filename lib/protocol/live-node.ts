import { z } from "zod";

/** What the app and its live nodes tell each other besides tickets for tabs. */

const count = z.number().int().nonnegative();

/** `GET /health` of a node. Fields a later version adds are ignored. */
export const liveHealthSchema = z.object({
  /** Anything but `ok` takes no new tabs. */
  status: z.string().max(32),
  tabs: count.default(0),
  /** Of these, how many have no client now: they make room for one that comes. */
  away: count.default(0),
  tabsMax: count.default(12),
  /** Whether it can keep profiles; absent when it does not say. */
  profiles: z.boolean().optional(),
});

/** What a node writes into the shared store with every heartbeat. */
export const liveNodeEntrySchema = z.object({
  v: z.literal(1),
  id: z.string().min(1).max(64),
  /** Random for each process, so that two nodes of one name are noticed. */
  instance: z.string().max(64),
  /** Where the app reaches it. */
  url: z.url({ protocol: /^https?$/ }).max(2048),
  /** Where browsers reach it; null: the host the app was opened from, at `port`. */
  publicUrl: z
    .url({ protocol: /^wss?$/ })
    .max(2048)
    .nullable(),
  port: z.number().int().min(1).max(65_535),
  status: z.enum(["up", "draining"]),
  tabs: count,
  tabsMax: count,
  profiles: z.boolean(),
  /** Counts up with each heartbeat. */
  beat: count,
});
export type LiveNodeEntry = z.infer<typeof liveNodeEntrySchema>;

/** The app asks a node for something of an account, in that account's name. */
export const liveAccountTicketSchema = z.object({
  v: z.literal(1),
  purpose: z.enum(["profile-export", "profile-erase"]),
  id: z.string().min(16).max(64),
  node: z.string().min(1).max(64),
  account: z.string().min(1).max(128),
  /** Seconds since the epoch. */
  expiresAt: z.number().int(),
});
export type LiveAccountTicket = z.infer<typeof liveAccountTicketSchema>;
