import { z } from "zod";

const count = z.number().int().nonnegative();

export const livePlanSchema = z.enum(["guest", "free", "pro"]);
export type LivePlan = z.infer<typeof livePlanSchema>;

/** What `GET /api/live/status` answers: whether live pages can be had, and how much of them. */
export const liveStatusSchema = z.object({
  /**
   * `off`: this server has none. `unreachable`: it has, but none answers now.
   * `full`: a new page waits for a place.
   */
  state: z.enum(["ready", "full", "unreachable", "off"]),
  nodes: z.object({ up: count, draining: count }),
  places: z.object({ free: count, total: count, waiting: count }),
  /** Whether a profile can be kept. */
  profiles: z.boolean(),
  plan: livePlanSchema,
  limits: z.object({
    tabsMax: z.number().int().positive(),
    minutesPerDay: z.number().positive(),
    megapixelsMax: z.number().positive(),
    uploadBytesMax: count,
    downloadBytesMax: count,
  }),
  /** Today, in UTC, by the caller; null where only the node knows. */
  minutesUsed: z.number().nonnegative().nullable(),
});
export type LiveStatus = z.infer<typeof liveStatusSchema>;
