import type { Kv } from "#lib/node/kv/kv.ts";
import { type LiveNodeEntry, liveNodeEntrySchema } from "#lib/protocol/live-node.ts";

export const HEARTBEAT_MS = 5_000;
/** A node that missed three heartbeats is gone. The store's clock decides, so nodes need not agree on the time. */
const ENTRY_TTL_MS = 3 * HEARTBEAT_MS;
/** Names are announced again after this many heartbeats, well before the log forgets them. */
const ANNOUNCE_EVERY = 12;
const NAMES_TTL_MS = 4 * ANNOUNCE_EVERY * HEARTBEAT_MS;
const NAMES_KEPT = 256;
/** Of one deployment. */
export const NODES_MAX = 64;

const NAMES = "live:nodes";

export interface NodeRegistry {
  /**
   * Writes what the node is now; its first call registers it. Answers the entry of
   * another process that goes by the same name, or null; the later of the two wins.
   */
  heartbeat(entry: LiveNodeEntry): Promise<LiveNodeEntry | null>;
  /** Nodes that live, by name. What is stored and does not fit the schema counts as absent. */
  list(): Promise<LiveNodeEntry[]>;
  unregister(entry: Pick<LiveNodeEntry, "id" | "instance">): Promise<void>;
}

/**
 * Live nodes as the processes of one deployment know them: a key for each that
 * expires by itself, and a short log of names to find the keys by.
 */
export function createNodeRegistry(kv: Kv): NodeRegistry {
  return {
    async heartbeat(entry) {
      const before = parseEntry(await kv.get(keyOf(entry.id)));
      await kv.set(keyOf(entry.id), JSON.stringify(entry), { ttlMs: ENTRY_TTL_MS });
      if (entry.beat % ANNOUNCE_EVERY === 0 || !before) {
        await kv.appendEvent(NAMES, entry.id, { lengthMax: NAMES_KEPT, ttlMs: NAMES_TTL_MS });
      }
      return before && before.instance !== entry.instance ? before : null;
    },

    async list() {
      const batch = await kv.readEvents(NAMES, null, NAMES_KEPT);
      if (batch.status === "gone") return [];
      const names = new Set(batch.events.toReversed().map(({ data }) => data));
      const found = await Promise.all([...names].slice(0, NODES_MAX).map((id) => kv.get(keyOf(id))));
      return found
        .map(parseEntry)
        .filter((entry) => entry !== null)
        .toSorted((a, b) => (a.id < b.id ? -1 : 1));
    },

    async unregister({ id, instance }) {
      const current = parseEntry(await kv.get(keyOf(id)));
      if (current?.instance === instance) await kv.delete(keyOf(id));
    },
  };
}

const keyOf = (id: string) => `live:node:${id}`;

function parseEntry(text: string | null): LiveNodeEntry | null {
  if (text === null) return null;
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    // Written by something else, or by a version that wrote otherwise.
    return null;
  }
  return liveNodeEntrySchema.safeParse(json).data ?? null;
}
