import type { CDPSession } from "playwright-core";
import { readStream } from "#services/live/features/read-stream.ts";

/**
 * Fetches something as the page's frame would, by Chromium's own network and through its proxy,
 * from its cache where it may. `data:` addresses are read where they stand.
 * @throws Error when it cannot be had, or is larger than `bytesMax`.
 */
export async function fetchResource(
  cdp: CDPSession,
  url: string,
  bytesMax: number,
): Promise<{ bytes: Buffer; mimeType: string }> {
  if (url.startsWith("data:")) {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000) });
    const bytes = Buffer.from(await response.arrayBuffer());
    if (bytes.byteLength > bytesMax) throw new Error("The resource is too large.");
    return { bytes, mimeType: mimeOf(response.headers.get("content-type")) };
  }
  if (!/^https?:$/.test(URL.parse(url)?.protocol ?? "")) throw new Error("The address cannot be fetched.");
  const { frameTree } = await cdp.send("Page.getFrameTree");
  const { resource } = await cdp.send("Network.loadNetworkResource", {
    frameId: frameTree.frame.id,
    url,
    options: { disableCache: false, includeCredentials: true },
  });
  if (!resource.success || !resource.stream || (resource.httpStatusCode ?? 200) >= 400)
    throw new Error(`The resource could not be fetched: ${resource.netErrorName ?? resource.httpStatusCode}`);
  const chunks: Buffer[] = [];
  for await (const chunk of readStream(cdp, resource.stream, bytesMax)) chunks.push(chunk);
  const type = Object.entries((resource.headers ?? {}) as Record<string, unknown>).find(
    ([name]) => name.toLowerCase() === "content-type",
  )?.[1];
  return { bytes: Buffer.concat(chunks), mimeType: mimeOf(typeof type === "string" ? type : null) };
}

function mimeOf(contentType: string | null): string {
  const mime = contentType?.split(";")[0]?.trim().toLowerCase() ?? "";
  return /^[\w.+-]+\/[\w.+-]+$/.test(mime) ? mime : "application/octet-stream";
}
