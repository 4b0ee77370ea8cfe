import { z } from "zod";

/**
 * The control messages of a live connection: JSON text both ways. Pictures travel
 * beside them as binary messages, see `live-frame.ts`. Both ends validate; a type
 * the other end does not know is ignored, a message that does not fit its schema
 * ends the connection. `docs/live-protocol.md` gives the reasons.
 */

/** The WebSocket subprotocol. A change that older peers cannot ignore gets a new number. */
export const LIVE_SUBPROTOCOL = "qui.live.1";

/** Bytes of one text message from a client; a paste is the largest. */
export const LIVE_TEXT_BYTES_MAX = 1024 * 1024;

/** Why a live connection was ended: WebSocket close codes of the private range. */
export const LIVE_CLOSE = {
  /** A message that does not fit its schema, or a binary one nobody asked for. */
  badMessage: 4400,
  /** No valid ticket in time. */
  unauthorized: 4401,
  /** More messages than a person can cause. */
  flooded: 4429,
  /** The node is stopping; what was open can be opened again elsewhere. */
  goingAway: 4410,
} as const;

/** Chosen by the client, unique on its connection. */
const tabIdSchema = z.number().int().min(0).max(65_535);

export const modifiersSchema = z.object({
  alt: z.boolean(),
  ctrl: z.boolean(),
  meta: z.boolean(),
  shift: z.boolean(),
});
export type LiveModifiers = z.infer<typeof modifiersSchema>;

/** CSS pixels of the page's viewport. */
export const pointShape = { x: z.number().min(-10_000).max(10_000), y: z.number().min(-10_000).max(10_000) };
export const rectSchema = z.object({ ...pointShape, width: z.number().min(0), height: z.number().min(0) });

export const mouseButtonSchema = z.enum(["none", "left", "middle", "right", "back", "forward"]);

/** What a page may ask of a person. All else is denied without a question. */
export const livePermissionSchema = z.enum(["geolocation", "notifications", "clipboard-read"]);
export type LivePermission = z.infer<typeof livePermissionSchema>;

export const onTab = { tab: tabIdSchema };
export const onRequest = { ...onTab, id: z.number().int().nonnegative() };
