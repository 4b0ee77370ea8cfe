import { z } from "zod";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld, type WorldFrame } from "#services/live/world/page-world.ts";

const countSchema = z.number().int().min(0).max(100_000);

/** Finds words in all frames, and walks from one to the next. */
export async function findInPage(host: TabHost): Promise<TabPart> {
  const world = await getPageWorld(host);
  let query = "";
  let hits: { frame: WorldFrame; count: number }[] = [];
  /** From 0, over all frames. */
  let active = 0;
  let wish = 0;

  const total = () => hits.reduce((sum, { count }) => sum + count, 0);

  async function search(text: string): Promise<void> {
    query = text;
    active = 0;
    const found = await Promise.all(
      world.frames().map(async (frame) => {
        const answer = await world.call(frame, { name: "find", args: [text] }).catch(() => 0);
        const count = countSchema.safeParse(answer);
        return { frame, count: count.success ? count.data : 0 };
      }),
    );
    hits = found.filter(({ count }) => count > 0);
  }

  async function show(): Promise<void> {
    let before = 0;
    await Promise.all(
      hits.map(({ frame, count }) => {
        const index = active - before;
        before += count;
        const shown = index >= 0 && index < count ? index : -1;
        return world.call(frame, { name: "showMatch", args: [shown] }).catch(() => {
          // The frame is gone; the next search leaves it out.
        });
      }),
    );
    const count = total();
    host.emit({ type: "found", count, active: count === 0 ? 0 : active + 1 });
  }

  async function clear(): Promise<void> {
    query = "";
    hits = [];
    await Promise.all(
      world.frames().map((frame) =>
        world.call(frame, { name: "clearFind", args: [] }).catch(() => {
          // Gone, and its marks with it.
        }),
      ),
    );
    host.emit({ type: "found", count: 0, active: 0 });
  }

  async function run(text: string, step: "first" | "next" | "previous" | "clear"): Promise<void> {
    const own = ++wish;
    if (step === "clear" || !text) {
      await clear();
      return;
    }
    if (step === "first" || text !== query || total() === 0) await search(text);
    else active = (active + (step === "next" ? 1 : total() - 1)) % total();
    // Only the newest of several quick wishes is shown.
    if (own === wish) await show();
  }

  host.cdp.on("Page.frameNavigated", ({ frame }) => {
    if (frame.parentId === undefined) hits = [];
  });
  return {
    handle(message) {
      if (message.type === "find") void run(message.query, message.step);
    },
  };
}
