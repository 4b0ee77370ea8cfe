import type { RawData } from "ws";
import { type LiveClientMessage, liveClientMessageSchema } from "#lib/protocol/live-client-message.ts";

/** `unknown` for a type of a later version, which is ignored; null for what is none. */
export function parseMessage(data: RawData): LiveClientMessage | "unknown" | null {
  let json: unknown;
  try {
    json = JSON.parse(data.toString());
  } catch {
    return null;
  }
  const parsed = liveClientMessageSchema.safeParse(json);
  if (parsed.success) return parsed.data;
  const isUnknown = parsed.error.issues.some(
    ({ code, path }) => code === "invalid_union" && path[0] === "type",
  );
  return isUnknown && typeof (json as { type?: unknown })?.type === "string" ? "unknown" : null;
}
