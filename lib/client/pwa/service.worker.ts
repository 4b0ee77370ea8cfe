import {
  CacheFirst,
  ExpirationPlugin,
  type PrecacheEntry,
  type RouteHandlerCallbackOptions,
  Serwist,
} from "serwist";
import { getSavedPicture } from "#lib/client/library/saved-picture.ts";
import { coversScripts } from "#lib/core/pwa/covers.ts";
import { savedMediaKey } from "#lib/core/pwa/media-key.ts";
import { ON_DEMAND } from "#lib/core/pwa/scene-chunks.ts";
import { isGatewayFailure, shellFor } from "#lib/core/pwa/shell.ts";

declare const self: ServiceWorkerGlobalScope & { __SW_MANIFEST: PrecacheEntry[] };

/** A connection that says nothing for so long is as good as none: the kept document opens meanwhile. */
const DOCUMENT_WAIT_MS = 4000;
const ASSETS_MAX = 150;
const ASSET_AGE_S = 60 * 86_400;

/** Those of the room are of this version too, but come only when someone enters it. */
const entries = self.__SW_MANIFEST.filter(
  (entry) => typeof entry === "string" || entry.revision !== ON_DEMAND,
);
const versionUrls = new Set(self.__SW_MANIFEST.map(({ url }) => new URL(url, self.location.origin).href));

const serwist = new Serwist({
  precacheEntries: entries,
  precacheOptions: {
    cleanupOutdatedCaches: true,
    plugins: [
      {
        // Documents are kept for whoever opens Qui here next: without cookies, nothing of a person is in them.
        requestWillFetch: async ({ request }) =>
          new URL(request.url).searchParams.has("shell")
            ? new Request(request.url, {
                credentials: "omit",
                cache: "reload",
                headers: { accept: "text/html" },
              })
            : request,
      },
    ],
  },
  // A new version waits until the person wants it: see start-updates.ts.
  skipWaiting: false,
  clientsClaim: true,
  navigationPreload: true,
  runtimeCaching: [
    {
      matcher: ({ request, url, sameOrigin }) =>
        sameOrigin && request.mode === "navigate" && shellFor(url.pathname) !== null,
      handler: openDocument,
    },
    { matcher: ({ url, sameOrigin }) => sameOrigin && savedMediaKey(url) !== null, handler: openPicture },
    {
      // Named by their content, so never stale. What a version needs is kept by the list above; this is the rest.
      matcher: ({ url, sameOrigin }) => sameOrigin && url.pathname.startsWith("/_next/static/"),
      handler: new CacheFirst({
        cacheName: "qui-assets",
        plugins: [
          new ExpirationPlugin({
            maxEntries: ASSETS_MAX,
            maxAgeSeconds: ASSET_AGE_S,
            purgeOnQuotaError: true,
          }),
        ],
      }),
    },
  ],
});

/** Documents come from the server, fresh, with a nonce of their own; the kept one when it cannot be reached. */
async function openDocument({ event, request, url }: RouteHandlerCallbackOptions): Promise<Response> {
  const kept = async () => serwist.matchPrecache(shellFor(url.pathname) ?? "");
  const preloaded = (event as FetchEvent).preloadResponse as Promise<Response | undefined> | undefined;
  const answer = Promise.resolve(preloaded)
    .then((response) => response ?? fetch(request))
    .catch(() => null);
  const timeout = new Promise<"slow">((resolve) => setTimeout(resolve, DOCUMENT_WAIT_MS, "slow"));
  const first = await Promise.race([answer, timeout]);
  if (first !== null && first !== "slow" && !isGatewayFailure(first.status)) return first;
  return (await kept()) ?? (await answer) ?? Response.error();
}

/** Pictures come from the server; those of saved pages also without it. */
async function openPicture({ request, url }: RouteHandlerCallbackOptions): Promise<Response> {
  const answer = await fetch(request).catch(() => null);
  if (answer && (answer.ok || answer.status === 304)) return answer;
  const blob = await getSavedPicture(savedMediaKey(url) ?? "").catch(() => null);
  if (blob) return new Response(blob, { headers: { "X-Content-Type-Options": "nosniff" } });
  return answer ?? Response.error();
}

/**
 * A worker reads what it starts with from the fragment of its address. An answer out
 * of a cache brings its own address, without one; a new answer takes the request's.
 */
async function openWorker(event: FetchEvent): Promise<Response> {
  const { request } = event;
  const { body, status, statusText, headers } = await (serwist.handleRequest({ event, request }) ??
    fetch(request));
  return new Response(body, { status, statusText, headers });
}

/** A page asks whether it runs this version already. */
self.addEventListener("message", (event) => {
  const message: unknown = event.data;
  if (typeof message !== "object" || message === null || !("type" in message)) return;
  if (message.type !== "COVERS" || !("scripts" in message) || !Array.isArray(message.scripts)) return;
  const scripts = message.scripts.filter((script) => typeof script === "string");
  event.ports[0]?.postMessage(coversScripts(versionUrls, scripts));
});

self.addEventListener("install", serwist.handleInstall);
self.addEventListener("activate", serwist.handleActivate);
self.addEventListener("fetch", (event) => {
  if (event.request.destination === "worker") event.respondWith(openWorker(event));
  else serwist.handleFetch(event);
});
