import { join } from "node:path";
import { getEnv } from "#lib/node/env.ts";
import { getLog } from "#lib/node/log/log.ts";
import { fetchNodeLists } from "#services/live/privacy/fetch-node-lists.ts";
import { setNodeLists } from "#services/live/privacy/node-lists.ts";

const CHECK_MS = 6 * 60 * 60_000;

/** Brings the lists of `QUI_FILTER_LISTS` into force, now and when they are due again. */
export function keepNodeLists(): void {
  const { QUI_FILTER_LISTS, QUI_DATA_DIR } = getEnv();
  if (QUI_FILTER_LISTS.some((list) => list.toLowerCase() === "off")) return;
  const urls = [...new Set(QUI_FILTER_LISTS)];
  const bring = () =>
    fetchNodeLists(urls, join(QUI_DATA_DIR, "live-lists"))
      .then(setNodeLists)
      .catch((error: unknown) =>
        getLog().warn({ err: error, module: "trackers" }, "filter lists stay as they were"),
      );
  void bring();
  setInterval(() => void bring(), CHECK_MS).unref();
}
