import { hostname } from "node:os";
import { getEnv } from "#lib/node/env.ts";
import { getKv } from "#lib/node/kv/get-kv.ts";
import { announceNode } from "#lib/node/live/announce-node.ts";
import { getLog } from "#lib/node/log/log.ts";
import { createBrowserPool } from "#services/live/browser/browser-pool.ts";
import { launchChromium } from "#services/live/browser/launch-chromium.ts";
import { isAppOrigin } from "#services/live/http/is-app-origin.ts";
import { createLiveNode } from "#services/live/node/live-node.ts";
import { keepNodeLists } from "#services/live/privacy/keep-node-lists.ts";
import { getProfileService } from "#services/live/profiles/profile-service.ts";
import { type LiveServer, startLiveServer } from "#services/live/server.ts";

/** Starts the node that the environment describes. */
export async function runNode(): Promise<LiveServer> {
  const env = getEnv();
  const executablePath = env.QUI_CHROMIUM;
  if (!executablePath) {
    throw new Error("QUI_CHROMIUM is not set: a live node needs a Chromium to open pages in.");
  }
  if (process.getuid?.() === 0) {
    getLog().warn("running as root, so Chromium's sandbox is off: do not open pages you do not trust");
  }
  const pool = createBrowserPool({
    launch: () => launchChromium(executablePath),
    recycle: { contextsMax: env.QUI_LIVE_CONTEXTS_MAX, minutesMax: env.QUI_LIVE_BROWSER_MINUTES },
  });
  const node = createLiveNode({
    id: env.QUI_LIVE_NODE_ID,
    pool,
    kv: getKv(),
    tabsMax: env.QUI_LIVE_TABS_MAX,
    freeBytesMin: env.QUI_LIVE_MEMORY_FREE_MB * 1024 * 1024,
    times: { graceMs: env.QUI_LIVE_GRACE_S * 1000 },
  });
  const server = await startLiveServer({
    port: env.QUI_LIVE_PORT,
    host: env.QUI_LIVE_HOST,
    node,
    metricsToken: env.METRICS_TOKEN,
    trustedProxies: env.QUI_TRUSTED_PROXIES,
    isOriginAllowed: isAppOrigin,
  });
  const announcement = announceNode(getKv(), {
    id: env.QUI_LIVE_NODE_ID,
    url: env.QUI_LIVE_URL ?? `http://${hostname()}:${server.port}`,
    publicUrl: env.QUI_LIVE_PUBLIC_URL ?? null,
    port: server.port,
    profiles: getProfileService() !== null,
    tabsMax: env.QUI_LIVE_TABS_MAX,
    getLoad() {
      const { tabs, away, isUp } = node.status();
      // Those who are away make room for whoever comes.
      return { tabs: tabs - away, status: isUp ? "up" : "draining" };
    },
  });
  pool.warm();
  keepNodeLists();
  getLog().info({ port: server.port }, "the live node is ready");
  return {
    port: server.port,
    async close() {
      const closed = server.close();
      // Nobody new is sent here while the tabs end.
      await announcement.refresh();
      await closed;
      await announcement.stop();
      await getKv().close();
    },
  };
}
