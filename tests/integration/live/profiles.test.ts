import { randomBytes, randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import type { LiveAccountTicket } from "#lib/protocol/live-node.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import type { BrowserPool } from "#services/live/browser/browser-pool.ts";
import type { LiveTestNode } from "../../fixtures/live-test-node.ts";

const data = mkdtempSync(join(tmpdir(), "qui-profiles-"));
const profiles = join(data, "live", "profiles");

/** Signs in by a cookie, and keeps a note of its own in each kind of storage. */
const APP = `<!doctype html><title>notes</title><p id=who></p><script>
const who = /session=([^;]*)/.exec(document.cookie)?.[1] ?? "nobody";
const open = indexedDB.open("notes", 1);
open.onupgradeneeded = () => open.result.createObjectStore("notes");
open.onsuccess = () => {
  const store = open.result.transaction("notes", "readwrite").objectStore("notes");
  const read = store.get("token");
  read.onsuccess = () => {
    document.getElementById("who").textContent =
      [who, localStorage.getItem("draft") ?? "no draft", read.result ?? "no token"].join(" / ");
  };
  window.write = () => new Promise((done) => {
    localStorage.setItem("draft", "a draft of ada");
    const writing = open.result.transaction("notes", "readwrite");
    writing.objectStore("notes").put("ada-token-0123456789", "token");
    writing.oncomplete = done;
  });
};
</script>`;

let site: Server;
let address = "";
let node: LiveTestNode;
let pool: BrowserPool;
let signTicket: (ticket: LiveTicket | LiveAccountTicket) => string;

beforeAll(async () => {
  site = createServer((request, response) => {
    if (request.url === "/sign-in") {
      response.setHeader("set-cookie", "session=ada-session-0123456789; Path=/; Max-Age=3600");
    }
    response.setHeader("content-type", "text/html").end(APP);
  });
  site.listen(0, "127.0.0.1");
  await once(site, "listening");
  const { port } = site.address() as AddressInfo;
  address = `http://127.0.0.1:${port}`;

  process.env.QUI_DATA_DIR = data;
  process.env.QUI_PROFILE_KEY = randomBytes(32).toString("base64url");
  process.env.QUI_SECRET = "a-secret-of-this-test-0123456789abcdef";
  process.env.QUI_EGRESS_ALLOW = `127.0.0.1:${port}`;
  process.env.QUI_FILTER_LISTS = "off";
  // Loaded after the environment is set, which is read once.
  ({ signTicket } = await import("#lib/node/live/ticket.ts"));
  const { startLiveTestNode } = await import("../../fixtures/live-test-node.ts");
  node = await startLiveTestNode();
  pool = node.pool;
});

afterAll(async () => {
  await node?.close();
  site?.close();
  rmSync(data, { recursive: true });
});

function ticketOf(account: string, profile = true): LiveTicket {
  return {
    v: 1,
    id: randomUUID(),
    node: "local",
    account,
    context: profile ? "profile" : "default",
    url: address,
    viewport: { width: 640, height: 480, dpr: 1 },
    device: { mode: "desktop", dark: false, reducedMotion: false, language: "en" },
    level: "off",
    profile,
    rights: { tabsMax: 8, minutesMax: 60, megapixelsMax: 8, uploadBytesMax: 1, downloadBytesMax: 1 },
    expiresAt: Math.floor(Date.now() / 1000) + 60,
  };
}

/** One session of an account: a tab, what is done in it, and its end. Answers what the page shows at last. */
async function session(ticket: LiveTicket, work: (page: Page) => Promise<void> = async () => {}) {
  const lease = await pool.lease(ticket);
  const page = await lease.context.newPage();
  await page.goto(address);
  await work(page);
  await page.goto(address);
  await expect.poll(() => page.locator("#who").textContent()).not.toBe("");
  const shown = await page.locator("#who").textContent();
  await page.close();
  await lease.release();
  return shown;
}

async function signIn(page: Page): Promise<void> {
  await page.goto(`${address}/sign-in`);
  await expect.poll(() => page.evaluate(() => "write" in window)).toBe(true);
  await page.evaluate("window.write()");
}

const SIGNED_IN = "ada-session-0123456789 / a draft of ada / ada-token-0123456789";
const SIGNED_OUT = "nobody / no draft / no token";

/** Asks the node as the app does. */
function ask(
  method: "GET" | "DELETE",
  account: string,
  more: Partial<LiveAccountTicket> = {},
  ticket = signTicket({
    v: 1,
    purpose: method === "GET" ? "profile-export" : "profile-erase",
    id: randomUUID(),
    node: "local",
    account,
    expiresAt: Math.floor(Date.now() / 1000) + 15,
    ...more,
  }),
): Promise<Response> {
  return fetch(`http://127.0.0.1:${node.port}/profile`, {
    method,
    headers: { authorization: `Bearer ${ticket}` },
  });
}

it("keeps nothing of who did not ask for it", async () => {
  expect(await session(ticketOf("ada", false), signIn)).toBe(SIGNED_IN);
  expect(await session(ticketOf("ada", false))).toBe(SIGNED_OUT);
  expect(readdirSync(data)).toEqual([]);
});

it("has who asked for it signed in the next time, and nobody else", async () => {
  expect(await session(ticketOf("ada"), signIn)).toBe(SIGNED_IN);
  expect(await session(ticketOf("ada"))).toBe(SIGNED_IN);
  expect(await session(ticketOf("eve"))).toBe(SIGNED_OUT);
  expect(await session(ticketOf("ada", false))).toBe(SIGNED_OUT);
});

it("lies on disk for its owner alone, with nothing in it to read", () => {
  const files = readdirSync(profiles);
  expect(files.length).toBeGreaterThan(0);
  expect(statSync(profiles).mode & 0o777).toBe(0o700);
  for (const name of files) {
    const path = join(profiles, name);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    const bytes = readFileSync(path);
    for (const text of ["ada", "session", "token", "draft", "127.0.0.1", "cookies"]) {
      expect(name).not.toContain(text);
      expect(bytes.includes(text)).toBe(false);
    }
  }
});

it("is handed out for a signed request of that account, once", async () => {
  const answer = await ask("GET", "ada");
  expect(answer.status).toBe(200);
  expect(answer.headers.get("cache-control")).toBe("no-store");
  const { state } = await answer.json();
  expect(state.cookies).toMatchObject([{ name: "session", value: "ada-session-0123456789" }]);
  expect(state.origins).toMatchObject([
    { origin: address, localStorage: [{ name: "draft", value: "a draft of ada" }] },
  ]);
  expect((await ask("GET", "somebody")).status).toBe(404);

  const ticket: LiveAccountTicket = {
    v: 1,
    purpose: "profile-export",
    id: randomUUID(),
    node: "local",
    account: "ada",
    expiresAt: Math.floor(Date.now() / 1000) + 15,
  };
  expect((await ask("GET", "", {}, signTicket(ticket))).status).toBe(200);
  expect((await ask("GET", "", {}, signTicket(ticket))).status).toBe(401);
});

it.each<[string, Partial<LiveAccountTicket>]>([
  ["for another purpose", { purpose: "profile-export" }],
  ["for another node", { node: "elsewhere" }],
  ["whose time has run out", { expiresAt: Math.floor(Date.now() / 1000) - 1 }],
])("is not erased by a ticket %s", async (_, more) => {
  expect((await ask("DELETE", "ada", more)).status).toBe(401);
  expect((await ask("GET", "ada")).status).toBe(200);
});

it("is not erased by a tab's ticket, nor by none", async () => {
  expect((await ask("DELETE", "ada", {}, signTicket(ticketOf("ada")))).status).toBe(401);
  expect((await ask("DELETE", "ada", {}, "garbage")).status).toBe(401);
  expect((await ask("GET", "ada")).status).toBe(200);
});

it("leaves a database behind that would fill the node's memory, and keeps the rest", async () => {
  const hoard = `new Promise((done) => {
    const open = indexedDB.open("notes", 1);
    open.onsuccess = () => {
      const writing = open.result.transaction("notes", "readwrite");
      writing.objectStore("notes").put("x".repeat(8_000_000), "hoard");
      writing.oncomplete = done;
    };
  })`;
  await session(ticketOf("hoarder"), async (page) => {
    await signIn(page);
    await page.evaluate(hoard);
  });
  expect(await session(ticketOf("hoarder"))).toBe("ada-session-0123456789 / a draft of ada / no token");
});

it("is gone once erased, even while a tab is open that would keep it", async () => {
  const lease = await pool.lease(ticketOf("ada"));
  const page = await lease.context.newPage();
  await page.goto(address);
  await expect.poll(() => page.locator("#who").textContent()).toBe(SIGNED_IN);
  expect((await ask("DELETE", "ada")).status).toBe(204);
  await page.close();
  await lease.release();
  expect((await ask("GET", "ada")).status).toBe(404);
  expect(await session(ticketOf("ada"))).toBe(SIGNED_OUT);
  expect((await ask("DELETE", "ada")).status).toBe(204);
});
