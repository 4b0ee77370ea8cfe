import { join, resolve } from "node:path";
import { keepLiveNode } from "./services/live-node.ts";
import { createServiceGroup } from "./services/service-group.ts";
import { listenForStop } from "./services/signals.ts";
import { ensureChromium } from "./setup/chromium.ts";
import { ensureLocalEnv } from "./setup/local-env.ts";
import { readEnv } from "./setup/read-env.ts";

// `npm run live`: a live node alone, for a machine of its own. The app is told of it by QUI_LIVE_URL.
const root = resolve(import.meta.dirname, "..");
const services = createServiceGroup();
const stop = listenForStop(() => {
  services.kill();
  process.exit(1);
});
ensureLocalEnv(join(root, ".env.local"), process.env);
const env = readEnv(root, "production");
const chromium = await ensureChromium({
  env,
  memoryFile: join(resolve(root, env.QUI_DATA_DIR ?? ".qui"), "chromium.json"),
  timeoutMs: 5 * 60_000,
  onInstall: (how) => console.log(`qui: installing Chromium (${how})…`),
  signal: stop.signal,
});
if (chromium.status === "missing") {
  console.error(`qui: there is no Chromium to open pages in. ${chromium.reason}`);
  process.exit(1);
}
const port = Number(env.QUI_LIVE_PORT ?? 3001);
keepLiveNode(services, { root, port, chromium: chromium.path, env });
await stop.requested;
await services.stop();
process.exit();
