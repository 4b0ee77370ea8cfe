import { AppError } from "#lib/core/errors/app-error.ts";
import { getReaderPool } from "#lib/node/reader/pool/reader-pool.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";
import { writeShown } from "#services/live/features/write-shown.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";
import type { PageWorld } from "#services/live/world/page-world.ts";

type Made = Pick<Extract<LiveServerMessage, { type: "made" }>, "result" | "why">;

/** It shares the socket with pictures: more than this would be a client that does not keep up. */
const BYTES_MAX = 3_500_000;
/** Asked for while it is on its way, a page is read once it has loaded, or as far as it came by then. */
const LOAD_MS = 4_000;

/**
 * What the page shows now as the reader's document, by the same way from HTML as every other page. Nothing of
 * it is kept on the node.
 */
export async function makeSnapshot({ page, getView }: TabHost, world: PageWorld): Promise<Made> {
  await page.waitForURL(/^https?:/, { waitUntil: "load", timeout: LOAD_MS }).catch(() => {
    // It goes on loading, as some pages always do.
  });
  const url = page.url();
  if (!/^https?:/.test(url)) return { result: null };
  const shown = await writeShown(world).catch(() => null);
  if (!shown) return { result: null, why: "timed-out" };
  try {
    const { body } = await getReaderPool().read({
      kind: "page",
      input: {
        bytes: new TextEncoder().encode(shown.html),
        contentType: "text/html; charset=utf-8",
        url,
        finalUrl: url,
        fetchedAt: new Date().toISOString(),
        level: getView().level,
        rendered: { isCut: shown.isCut },
      },
    });
    if (body.byteLength > BYTES_MAX) return { result: null, why: "too-large" };
    return { result: { kind: "text", text: `${new TextDecoder().decode(body)},"cache":"miss"}` } };
  } catch (error) {
    // The reader's worker ends with a page that takes too much.
    if (error instanceof AppError && error.code === "page_crashed") return { result: null, why: "too-large" };
    throw error;
  }
}
