import { spawn } from "node:child_process";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable } from "node:stream";
import { expect, it, onTestFinished } from "vitest";
import { getEnv } from "#lib/node/env.ts";
import { findFreePort } from "../../../scripts/services/free-port.ts";
import { connectLiveClient, NO_MODIFIERS, TEST_RIGHTS, testTicket } from "../../fixtures/live-client.ts";
import { testChromium } from "../../fixtures/live-test-node.ts";
import { findSmallDisk } from "../../fixtures/small-disk.ts";

const MEGABYTE = 1_000_000;
/** More than the small disk holds, and less than a visitor may send. */
const LARGE_BYTES = 80 * MEGABYTE;
const rights = { ...TEST_RIGHTS, uploadBytesMax: 2 * LARGE_BYTES, downloadBytesMax: 2 * LARGE_BYTES };

/** Its length is told to nobody. */
function* largeBody() {
  const piece = Buffer.alloc(MEGABYTE, "a");
  for (let sent = 0; sent < LARGE_BYTES; sent += MEGABYTE) yield piece;
}

async function startSite(): Promise<string> {
  const site = createServer((request, response) => {
    if (request.url === "/large") {
      response.writeHead(200, { "content-disposition": "attachment; filename=large.bin" });
      Readable.from(largeBody())
        .pipe(response)
        .on("error", () => {
          // Nobody wants the rest.
        });
    } else {
      response.writeHead(200, { "content-type": "text/html" });
      response.end(
        `<title>Files ${request.url}</title><a href="/large" style="position:fixed;inset:0">Large</a>`,
      );
    }
  });
  await new Promise<void>((resolve) => site.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    site.closeAllConnections();
    site.close();
  });
  return `http://127.0.0.1:${(site.address() as AddressInfo).port}`;
}

async function startNode(allow: string) {
  const port = await findFreePort();
  const temp = mkdtempSync(join(tmpdir(), "qui-small-disk-"));
  const disk = findSmallDisk();
  const [program = "", ...args] = disk.around(temp, [process.execPath, "services/live/main.ts"]);
  const child = spawn(program, args, {
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH,
      LOG_LEVEL: "silent",
      QUI_CHROMIUM: testChromium(),
      QUI_SECRET: getEnv().QUI_SECRET,
      QUI_EGRESS_ALLOW: allow,
      QUI_FILTER_LISTS: "off",
      QUI_LIVE_PORT: String(port),
      QUI_LIVE_HOST: "127.0.0.1",
      TMPDIR: temp,
      ...disk.env,
    } as unknown as NodeJS.ProcessEnv,
  });
  onTestFinished(async () => {
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGTERM");
    await ended;
    rmSync(temp, { recursive: true, force: true });
  });
  const health = () =>
    fetch(`http://127.0.0.1:${port}/health`).then(
      (response) => response.json(),
      () => null,
    );
  await expect.poll(health, { timeout: 30_000 }).toMatchObject({ chromium: expect.stringMatching(/^\d/) });
  /** What visitors' files there are, seen from within the node's own namespace. */
  const files = () => {
    const all = readdirSync(`/proc/${child.pid}/root${temp}`, { recursive: true, withFileTypes: true });
    return all.filter(({ parentPath }) => /\/files-\w+/.test(parentPath)).map(({ name }) => name);
  };
  return { port, files };
}

it("a disk that is full takes no file, says so, keeps nothing half-written, and the page goes on", async () => {
  const origin = await startSite();
  const { port, files } = await startNode(new URL(origin).host);
  const client = await connectLiveClient(port);
  client.open(1, { ticket: testTicket(`${origin}/`, { rights }) });
  await client.next("state", ({ state }) => state.loading === false);

  client.send({ type: "make", tab: 1, id: 1, what: "upload" });
  const { result } = await client.next("made");
  const path = result?.kind === "file" ? result.path : "";
  const upload = await fetch(`http://127.0.0.1:${port}${path}?name=large.bin`, {
    method: "POST",
    body: Readable.toWeb(Readable.from(largeBody())),
    duplex: "half",
  } as RequestInit);
  expect(upload.status).toBe(507);
  await expect.poll(files, { timeout: 10_000 }).toEqual([]);

  const at = { tab: 1, x: 50, y: 50, button: "left", clicks: 1, modifiers: NO_MODIFIERS } as const;
  client.send({ type: "mouse", kind: "down", buttons: 1, ...at });
  client.send({ type: "mouse", kind: "up", buttons: 0, ...at });
  const ended = await client.next("download", ({ state }) => state !== "running");
  expect(ended).toMatchObject({ name: "large.bin", detail: "no-room", path: "" });
  await expect.poll(files, { timeout: 10_000 }).toEqual([]);

  client.send({ type: "navigate", tab: 1, to: { url: `${origin}/other` } });
  await client.next("state", ({ state }) => state.title === "Files /other");
  await client.close();
}, 90_000);
