import { writeFile } from "node:fs/promises";
import { setPriority } from "node:os";
import type { ImageJob, ImageReply } from "#lib/node/media/image-job.ts";
import { renderImage, restrictSharp } from "#lib/node/media/render-image.ts";

/**
 * The process pictures are decoded in, one at a time: a file that exploits a
 * decoder, or keeps it busy for ever, has this process to itself, which holds no
 * secret (its environment is empty) and can be killed.
 */
restrictSharp();
// Pictures yield to pages, and when memory runs out they are the first to go.
setPriority(10);
writeFile("/proc/self/oom_score_adj", "900").catch(() => {
  // Only Linux has it, and not every container lets it be written.
});

process.on("message", (job: ImageJob) => {
  render(job).then((reply) => process.send?.(reply));
});
// The parent is gone. An ordinary exit would wait for a decoder that may never end.
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));

async function render(job: ImageJob): Promise<ImageReply> {
  try {
    const image = await renderImage(job);
    return { ok: true, image, rssBytes: process.memoryUsage.rss() };
  } catch (error) {
    const detail = (error instanceof Error ? error.message : String(error)).slice(0, 500);
    const code = /exceeds pixel limit/i.test(detail) ? "too_large" : "bad_response";
    return { ok: false, code, detail, rssBytes: process.memoryUsage.rss() };
  }
}
