import { randomUUID } from "node:crypto";
import type { EventBatch, EventPosition, LogEvent } from "#lib/node/kv/kv.ts";

/** What an event costs beyond its characters. */
const EVENT_OVERHEAD_BYTES = 160;

/** One log: its epoch and last offset outlive its events, so that who has seen everything is not told otherwise. */
export class EventLog {
  readonly epoch = randomUUID();
  #offset = 0;
  #events: LogEvent[] = [];
  #eventsExpireAt = 0;
  bytes = 0;

  append(
    data: string,
    { lengthMax, ttlMs, now }: { lengthMax: number; ttlMs: number; now: number },
  ): LogEvent {
    this.#expire(now);
    this.#offset += 1;
    const event = { position: { epoch: this.epoch, offset: this.#offset }, data };
    this.#events.push(event);
    this.bytes += bytesOf(event);
    while (this.#events.length > lengthMax) {
      const dropped = this.#events.shift();
      if (dropped) this.bytes -= bytesOf(dropped);
    }
    this.#eventsExpireAt = now + ttlMs;
    return event;
  }

  read(after: EventPosition | null, limit: number, now: number): EventBatch {
    this.#expire(now);
    const last = { epoch: this.epoch, offset: this.#offset };
    if (!after) return { status: "ok", events: this.#events.slice(0, limit), last };
    const first = this.#events[0]?.position.offset ?? this.#offset + 1;
    if (after.epoch !== this.epoch || after.offset > this.#offset || after.offset < first - 1) {
      return { status: "gone", last };
    }
    const start = after.offset - first + 1;
    return { status: "ok", events: this.#events.slice(start, start + limit), last };
  }

  #expire(now: number): void {
    if (this.#events.length === 0 || this.#eventsExpireAt > now) return;
    this.#events = [];
    this.bytes = 0;
  }
}

function bytesOf(event: LogEvent): number {
  return EVENT_OVERHEAD_BYTES + 2 * event.data.length;
}
