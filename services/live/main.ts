import { getEnv } from "#lib/node/env.ts";
import { getLog } from "#lib/node/log/log.ts";
import { createBrowserPool } from "#services/live/browser/browser-pool.ts";
import { createLiveNode } from "#services/live/node/live-node.ts";
import { startLiveServer } from "#services/live/server.ts";

const env = getEnv();
if (!env.QUI_CHROMIUM)
  throw new Error("QUI_CHROMIUM is not set: a live node needs a Chromium to open pages in.");
if (process.getuid?.() === 0) {
  getLog().warn("running as root, so Chromium's sandbox is off: do not open pages you do not trust");
}
const pool = createBrowserPool({ executablePath: env.QUI_CHROMIUM });
const node = createLiveNode({ id: env.QUI_LIVE_NODE_ID, pool, tabsMax: env.QUI_LIVE_TABS_MAX });
const server = await startLiveServer({
  port: env.QUI_LIVE_PORT,
  host: env.QUI_LIVE_HOST,
  node,
  // A page of the app, wherever it was opened from: the same host, or one that was named.
  isOriginAllowed: (origin, request) =>
    env.QUI_LIVE_ORIGINS.includes(origin) ||
    (env.QUI_LIVE_ORIGINS.length === 0 &&
      URL.parse(origin)?.hostname === URL.parse(`http://${request.headers.host}`)?.hostname),
});
getLog().info({ port: server.port }, "the live node is ready");

for (const signal of ["SIGTERM", "SIGINT"] as const) {
  process.once(signal, () => void server.close().then(() => process.exit(0)));
}
