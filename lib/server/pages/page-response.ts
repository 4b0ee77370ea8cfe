import "server-only";
import type { GotPage } from "#lib/server/pages/get-page.ts";

/** Completes the kept bytes with the field that differs from answer to answer. */
export function pageResponse({ body, cache }: GotPage): Response {
  return new Response(Buffer.concat([body, Buffer.from(`,"cache":"${cache}"}`)]), {
    headers: {
      "content-type": "application/json; charset=utf-8",
      // What somebody reads is theirs: no cache between us and the visitor may keep it.
      "cache-control": "private, no-store",
    },
  });
}
