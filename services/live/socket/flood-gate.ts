import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import { createTokenBucket } from "#services/live/socket/token-bucket.ts";

/** A mouse of 1000 Hz in one panel, or eight panels of which each is drawn 60 times a second. */
const MESSAGES = { capacity: 2_000, perSecond: 1_000 };
/** Messages that carry a step no later one replaces: nobody types or clicks so fast. */
const STEPS = { capacity: 1_000, perSecond: 300 };
const BYTES = { capacity: 16 * 1024 * 1024, perSecond: 1024 * 1024 };

export type FloodVerdict = "pass" | "drop" | "flooded";

export interface FloodGate {
  /** Before the message is read. */
  admitBytes(bytes: number): FloodVerdict;
  admit(message: LiveClientMessage): FloodVerdict;
}

/**
 * What one connection may send. Too many moves are thinned out, since only the last place of a pointer
 * matters; too much of anything else is not a person.
 */
export function createFloodGate(nowMs?: () => number): FloodGate {
  const messages = createTokenBucket(MESSAGES, nowMs);
  const steps = createTokenBucket(STEPS, nowMs);
  const bytes = createTokenBucket(BYTES, nowMs);
  /** Moves leave the others room in the bucket. */
  const spare = MESSAGES.capacity / 2;
  return {
    admitBytes: (count) => (bytes.take(count) && messages.take(1) ? "pass" : "flooded"),
    admit(message) {
      if (isMove(message)) return messages.take(0, spare) ? "pass" : "drop";
      if (message.type === "drawn" || message.type === "ping") return "pass";
      return steps.take(1) ? "pass" : "flooded";
    },
  };
}

function isMove(message: LiveClientMessage): boolean {
  if (message.type === "wheel") return true;
  if (message.type === "drop") return message.kind === "over";
  return (message.type === "mouse" || message.type === "touch") && message.kind === "move";
}
