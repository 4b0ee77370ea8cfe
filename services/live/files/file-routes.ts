import { createReadStream, createWriteStream } from "node:fs";
import { rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { Transform } from "node:stream";
import { pipeline } from "node:stream/promises";
import { getLog } from "#lib/node/log/log.ts";
import { redeemToken } from "#services/live/files/context-files.ts";
import { isAppOrigin } from "#services/live/http/is-app-origin.ts";
import type { LiveRoute } from "#services/live/http/live-route.ts";

const PATH = /^\/files\/([\w-]{32})$/;
const TRANSFER_MS = 15 * 60_000;

/**
 * `POST /files/<token>?name=…` takes one file, `GET /files/<token>` gives one, each
 * token once. Tokens travel over the tab's own connection and nowhere else.
 */
export const fileRoute: LiveRoute = {
  matches: (pathname) => PATH.test(pathname),
  async answer(request, response, url) {
    const token = PATH.exec(url.pathname)?.[1] ?? "";
    const { origin } = request.headers;
    if (origin !== undefined) {
      if (!isAppOrigin(origin, request)) {
        response.writeHead(403).end();
        return;
      }
      response.setHeader("access-control-allow-origin", origin);
      response.setHeader("vary", "origin");
    }
    response.setHeader("cache-control", "no-store");
    response.setHeader("x-content-type-options", "nosniff");
    if (request.method === "OPTIONS") {
      response
        .writeHead(204, {
          "access-control-allow-methods": "GET, POST",
          "access-control-allow-headers": "content-type",
        })
        .end();
    } else if (request.method === "POST") await takeUpload(request, response, token, url);
    else if (request.method === "GET") await giveDownload(response, token);
    else response.writeHead(405, { allow: "GET, POST, OPTIONS" }).end();
  },
};

async function takeUpload(
  request: IncomingMessage,
  response: ServerResponse,
  token: string,
  url: URL,
): Promise<void> {
  const grant = redeemToken(token, "upload");
  // Nothing of a refused body is read.
  const refuse = (status: number) => response.writeHead(status, { connection: "close" }).end();
  if (!grant) {
    refuse(404);
    return;
  }
  if (Number(request.headers["content-length"] ?? 0) > grant.bytesMax) {
    refuse(413);
    return;
  }
  const { id, path, name } = await grant.files.placeUpload(url.searchParams.get("name") ?? "");
  let bytes = 0;
  const limit = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.byteLength;
      done(bytes > grant.bytesMax ? new TooLarge() : null, chunk);
    },
  });
  try {
    await pipeline(request, limit, createWriteStream(path, { flags: "wx", mode: 0o600 }), {
      signal: AbortSignal.timeout(TRANSFER_MS),
    });
  } catch (error) {
    await rm(path, { force: true });
    if (!(error instanceof TooLarge)) getLog().info({ err: error }, "an upload was not completed");
    if (!response.headersSent) refuse(error instanceof TooLarge ? 413 : isDiskFull(error) ? 507 : 400);
    return;
  }
  grant.files.keepUpload(id, path);
  response.writeHead(201, { "content-type": "application/json" });
  response.end(JSON.stringify({ upload: id, name, bytes }));
}

async function giveDownload(response: ServerResponse, token: string): Promise<void> {
  const grant = redeemToken(token, "download");
  const found = grant && (await stat(grant.path).catch(() => null));
  if (!grant || !found) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": grant.mimeType,
    "content-length": found.size,
    "content-disposition": `attachment; filename*=UTF-8''${encodeURIComponent(grant.name).replace(/['()*]/g, escapeCharacter)}`,
    "content-security-policy": "sandbox; default-src 'none'",
  });
  await pipeline(createReadStream(grant.path), response, { signal: AbortSignal.timeout(TRANSFER_MS) }).catch(
    (error: unknown) => getLog().info({ err: error }, "a download was not completed"),
  );
  await rm(grant.path, { force: true });
  grant.onGone?.();
}

/** RFC 8187 leaves fewer characters as they are than `encodeURIComponent` does. */
function escapeCharacter(character: string): string {
  return `%${character.charCodeAt(0).toString(16).toUpperCase()}`;
}

class TooLarge extends Error {}

function isDiskFull(error: unknown): boolean {
  return (error as NodeJS.ErrnoException).code === "ENOSPC";
}
