import type { BrowserContext } from "playwright-core";
import { CHANNEL } from "#services/live/world/channel.ts";
import { pageSide } from "#services/live/world/page-side.ts";

/** Strict, so that no stack of calls shows a page what the function is. */
const SOURCE = `(() => { "use strict"; (${pageSide.toString()})(${JSON.stringify(CHANNEL)}); })()`;

/** Puts Qui's few words before each page's own, in every frame and window of a context. */
export const pageSideHook = {
  opened: async (context: BrowserContext): Promise<void> => {
    await context.addInitScript({ content: SOURCE });
  },
};
