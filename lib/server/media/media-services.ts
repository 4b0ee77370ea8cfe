import "server-only";
import { availableParallelism } from "node:os";
import { type ByteBudget, createByteBudget } from "#lib/core/media/byte-budget.ts";
import type { EgressRequest, EgressResult } from "#lib/node/egress/egress.ts";
import { egressFetch } from "#lib/node/egress/egress-fetch.ts";
import { createImagePool, type ImagePool } from "#lib/node/media/image-pool.ts";

/** What the media proxy reaches for; tests put their own in place. */
export interface MediaServices {
  fetch(request: EgressRequest): Promise<EgressResult>;
  images: ImagePool;
  /** Bytes of pictures that are being fetched, or wait to be rendered. */
  budget: ByteBudget;
}

const SLOT = Symbol.for("qui.media");
const holder = globalThis as { [SLOT]?: MediaServices };

/** One a process, shared by every copy of this module that Next loads. */
export function getMediaServices(): MediaServices {
  holder[SLOT] ??= {
    fetch: egressFetch,
    images: createImagePool({
      // One core stays with pages where there are several; two processes are the least that can be shared fairly.
      size: Math.max(2, Math.min(4, availableParallelism() - 1)),
      queueMax: 256,
      timeoutMs: 8_000,
      idleMs: 30_000,
      rssBytesMax: 384 * 1024 * 1024,
    }),
    budget: createByteBudget(256 * 1024 * 1024),
  };
  return holder[SLOT];
}
