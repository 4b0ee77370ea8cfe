import { createReadStream } from "node:fs";
import { open, rm, stat } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { pipeline } from "node:stream/promises";
import { getLog } from "#lib/node/log/log.ts";
import { type ContextFiles, redeemToken } from "#services/live/files/context-files.ts";
import { diskRoom, isDiskFull } from "#services/live/files/disk-room.ts";
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
  const { files, bytesMax } = grant;
  try {
    const taken = await keepBody(request, { files, bytesMax, name: url.searchParams.get("name") ?? "" });
    response.writeHead(201, { "content-type": "application/json" });
    response.end(JSON.stringify(taken));
  } catch (error) {
    if (error instanceof TooLarge) {
      refuse(413);
      return;
    }
    getLog().info({ err: error }, "an upload was not completed");
    if (isDiskFull(error)) {
      // A browser reads the answer only once it has sent everything, which is at most what was allowed.
      response.writeHead(507).end();
      request.resume();
    } else refuse(400);
  }
}

interface UploadPlace {
  files: ContextFiles;
  bytesMax: number;
  name: string;
}

/** Writes what is sent to a file of its own. When that fails, nothing of it stays, and the request can still be answered. */
async function keepBody(request: IncomingMessage, { files, bytesMax, name: given }: UploadPlace) {
  if ((await diskRoom(await files.folder())) <= Number(request.headers["content-length"] ?? 0)) {
    throw Object.assign(new Error("The disk has no room for an upload."), { code: "ENOSPC" });
  }
  const { id, path, name } = await files.placeUpload(given);
  let bytes = 0;
  try {
    await using file = await open(path, "wx", 0o600);
    for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw new TooLarge();
      await file.writeFile(chunk);
    }
  } catch (error) {
    await files.dropUpload(path);
    throw error;
  }
  files.keepUpload(id, path);
  return { upload: id, name, bytes };
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
