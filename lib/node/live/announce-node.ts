import { randomUUID } from "node:crypto";
import type { Kv } from "#lib/node/kv/kv.ts";
import { createNodeRegistry, HEARTBEAT_MS } from "#lib/node/live/registry.ts";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveNodeEntry } from "#lib/protocol/live-node.ts";

export interface AnnouncedNode
  extends Pick<LiveNodeEntry, "id" | "url" | "publicUrl" | "port" | "profiles" | "tabsMax"> {
  /** As they are at this moment. */
  getLoad(): Pick<LiveNodeEntry, "status" | "tabs">;
}

export interface Announcement {
  /** Writes the load at once, such as when the node begins to drain. */
  refresh(): Promise<void>;
  /** Takes the node off the list. */
  stop(): Promise<void>;
}

/**
 * Keeps a node on the list of the deployment. A store that does not answer is
 * told to the log and tried again with the next heartbeat; the node goes on
 * meanwhile. In a store of this process alone nobody would read it: nothing is done.
 */
export function announceNode(kv: Kv, node: AnnouncedNode): Announcement {
  if (kv.driver === "memory") return { refresh: async () => {}, stop: async () => {} };
  const registry = createNodeRegistry(kv);
  const log = getLog().child({ module: "live" });
  const instance = randomUUID();
  let beat = 0;
  let last: Promise<void> = Promise.resolve();

  async function write(): Promise<void> {
    const { getLoad, ...fixed } = node;
    try {
      const other = await registry.heartbeat({ v: 1, instance, ...fixed, ...getLoad(), beat: beat++ });
      if (other) {
        log.warn({ node: node.id }, "another live node has this name: give each its own QUI_LIVE_NODE_ID");
      }
    } catch (error) {
      log.warn({ err: error }, "the live node could not announce itself");
    }
  }
  const refresh = () => {
    last = last.then(write);
    return last;
  };

  void refresh();
  const timer = setInterval(refresh, HEARTBEAT_MS);
  return {
    refresh,
    async stop() {
      clearInterval(timer);
      await last;
      await registry.unregister({ id: node.id, instance }).catch((error: unknown) => {
        log.warn({ err: error }, "the live node could not take itself off the list");
      });
    },
  };
}
