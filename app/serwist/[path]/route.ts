import { randomUUID } from "node:crypto";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { createSerwistRoute } from "@serwist/turbopack";
import { findSceneChunks, ON_DEMAND } from "#lib/core/pwa/scene-chunks.ts";
import { SHELL_URLS } from "#lib/core/pwa/shell.ts";

/**
 * `/serwist/sw.js`, made once by the build and served as a file: the service worker
 * with the list of what it keeps. See docs/adr/0060.
 */
export const dynamic = "force-static";
export const dynamicParams = false;

type ManifestEntry = {
  url: string;
  size: number;
  revision?: string | null | undefined;
  integrity?: string | undefined;
};

const distDir = process.env.QUI_DIST_DIR ?? ".next";
/** The documents change with every build, whatever else does. */
const revision = randomUUID();

/** What only the room needs, three.js above all, is not fetched by everyone: it is listed, and kept once used. */
async function leaveRoomOnDemand(manifest: ManifestEntry[]) {
  const folder = join(/* turbopackIgnore: true */ process.cwd(), distDir);
  const chunks = new Map<string, string>();
  for (const { url } of manifest) {
    const name = chunkName(url);
    if (name?.endsWith(".js")) chunks.set(name, await readFile(join(folder, name), "utf8"));
  }
  const scene = findSceneChunks(chunks);
  for (const entry of manifest) if (scene.has(chunkName(entry.url) ?? "")) entry.revision = ON_DEMAND;
  return { manifest, warnings: [] };
}

function chunkName(url: string): string | null {
  const at = url.indexOf("static/chunks/");
  return at < 0 ? null : url.slice(at);
}

const route = createSerwistRoute({
  swSrc: "lib/client/pwa/service.worker.ts",
  useNativeEsbuild: true,
  globPatterns: [
    `${distDir}/static/chunks/**/*.{js,css}`,
    // The letters most pages and the interface are set in; other scripts' fonts are kept once they were used.
    `${distDir}/static/media/{inter,source-serif-4}-latin-wght-normal.*.woff2`,
  ],
  manifestTransforms: [leaveRoomOnDemand],
  additionalPrecacheEntries: Object.values(SHELL_URLS).map((url) => ({ url, revision })),
  esbuildOptions: { sourcemap: false, define: { "process.env.NODE_ENV": '"production"' } },
});

export const { generateStaticParams } = route;

export async function GET(...args: Parameters<typeof route.GET>): Promise<Response> {
  const response = await route.GET(...args);
  // Next lets shared caches keep what it made at build time for a year; a worker must never be older than its app.
  response.headers.set("Cache-Control", "no-cache");
  return response;
}
