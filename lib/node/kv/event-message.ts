import { z } from "zod";
import type { LogEvent } from "#lib/node/kv/kv.ts";

const eventMessageSchema = z.object({ epoch: z.string(), offset: z.number().int().min(1), data: z.string() });

/** What `appendEvent` publishes on the channel of the log's name. The Redis script writes the same JSON. */
export function formatEventMessage({ position, data }: LogEvent): string {
  return JSON.stringify({ epoch: position.epoch, offset: position.offset, data });
}

/** The event that a message on a log's channel announces; `null` when the message is something else. */
export function parseEventMessage(message: string): LogEvent | null {
  let json: unknown;
  try {
    json = JSON.parse(message);
  } catch {
    // Anyone may publish on a channel: what is not JSON is not an event.
    return null;
  }
  const result = eventMessageSchema.safeParse(json);
  if (!result.success) return null;
  const { epoch, offset, data } = result.data;
  return { position: { epoch, offset }, data };
}
