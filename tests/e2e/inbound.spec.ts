import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { expect, test } from "@playwright/test";
import { findFreePort } from "../../scripts/services/free-port.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";

const ROOT = join(import.meta.dirname, "../..");
const ADMIN_TOKEN = "inbound-tests-administrator";

/** The same build on a port of its own: these tests get clients blocked. */
interface Server {
  port: number;
  stop(): Promise<void>;
}

async function startServer(env: Record<string, string>): Promise<Server> {
  const port = await findFreePort();
  const next = join(ROOT, "node_modules/next/dist/bin/next");
  const child: ChildProcess = spawn(process.execPath, [next, "start", "--port", String(port)], {
    cwd: ROOT,
    stdio: "ignore",
    env: {
      ...process.env,
      NODE_ENV: "production",
      REDIS_URL: "",
      METRICS_TOKEN: "",
      LOG_LEVEL: "silent",
      QUI_ADMIN_TOKEN: ADMIN_TOKEN,
      QUI_FILTER_LISTS: "off",
      QUI_RATE_LIMIT_SCALE: "1",
      ...env,
    },
  });
  const live = () =>
    fetch(`http://127.0.0.1:${port}/api/health/live`).then(
      (response) => response.ok || null,
      () => null,
    );
  expect(await waitFor(live, { timeoutMs: 30_000 }), "the server starts").toBe(true);
  const stop = async () => {
    child.kill("SIGTERM");
    if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  };
  return { port, stop };
}

interface Answer {
  status: number;
  head: string;
  body: string;
}

/** Sends the request line as it is; clients of today tidy up what is hostile. */
async function send(server: Server, line: string, headers: Record<string, string> = {}): Promise<Answer> {
  const socket = connect(server.port, "127.0.0.1");
  const all = { Host: `localhost:${server.port}`, ...headers, Connection: "close" };
  const lines = Object.entries(all).map(([name, value]) => `${name}: ${value}`);
  socket.write([`${line} HTTP/1.1`, ...lines, "", ""].join("\r\n"));
  const answer = await text(socket);
  const end = answer.indexOf("\r\n\r\n");
  return { status: Number(answer.slice(9, 12)), head: answer.slice(0, end), body: answer.slice(end + 4) };
}

const get = (server: Server, path: string, headers?: Record<string, string>) =>
  send(server, `GET ${path}`, headers);

test.describe("a server with nothing in front", () => {
  let server: Server;
  test.beforeAll(async () => {
    server = await startServer({ QUI_TRUSTED_PROXIES: "0" });
  });
  test.afterAll(() => server.stop());

  test("shows its metrics to this machine alone, whatever others claim", async () => {
    const own = await get(server, "/api/metrics");
    expect(own.status).toBe(200);
    expect(own.body).toContain("qui_http_request_duration_seconds_bucket");
    expect(own.body).toContain("process_cpu_seconds_total");
    for (const headers of [
      { "X-Forwarded-For": "127.0.0.1" },
      { "X-Real-IP": "127.0.0.1" },
      { Forwarded: "for=127.0.0.1" },
      { Host: "rebound.example" },
      { "X-Forwarded-For": "127.0.0.1", "X-Qui-Door": "x;127.0.0.1;l;" },
    ]) {
      expect((await get(server, "/api/metrics", headers)).status, JSON.stringify(headers)).toBe(403);
    }
  });

  test("refuses a burst with 429, and no made-up address gets around it", async () => {
    const answers = await Promise.all(
      Array.from({ length: 45 }, (_, sent) =>
        get(server, "/api/nothing", { "X-Forwarded-For": `203.0.113.${sent}` }),
      ),
    );
    const refused = answers.find(({ status }) => status === 429);
    expect(refused?.head).toMatch(/retry-after: 1\r\n/i);
    expect(refused?.head).toMatch(/ratelimit-policy: "api";q=30;w=6/i);
    expect(refused?.head).toMatch(/ratelimit: "api";r=0;t=1/i);
    expect(
      JSON.parse(refused?.body.slice(refused.body.indexOf("{"), refused.body.lastIndexOf("}") + 1) ?? ""),
    ).toMatchObject({
      error: { code: "rate_limited" },
    });
  });

  test("answers HEAD like GET without a body, OPTIONS with what it allows, and odd methods not at all", async () => {
    const head = await send(server, "HEAD /api/health/live");
    expect([head.status, head.body]).toEqual([200, ""]);
    const options = await send(server, "OPTIONS /api/health/live");
    expect(options.status).toBe(204);
    expect(options.head).toMatch(/allow: GET, HEAD, OPTIONS/i);
    expect((await send(server, "DELETE /api/health/live")).status).toBe(405);
    expect((await send(server, "PROPFIND /api/health/live")).status).toBeGreaterThanOrEqual(400);
  });
});

test.describe("a server behind one proxy", () => {
  let server: Server;
  const from = (client: string) => ({ "X-Forwarded-For": `198.18.0.1, ${client}` });
  test.beforeAll(async () => {
    server = await startServer({ QUI_TRUSTED_PROXIES: "1" });
  });
  test.afterAll(() => server.stop());

  test("blocks a scanner by pages, files and API paths alike, and nobody else", async () => {
    for (const path of ["/.env", "/..%2f..%2fetc/passwd", "/api/.git/config"]) {
      expect((await get(server, path, from("203.0.113.66"))).status).toBe(404);
    }
    const page = await get(server, "/", { ...from("203.0.113.66"), Accept: "text/html" });
    expect(page.status).toBe(403);
    expect(page.head).toMatch(/retry-after: (?:60|5\d)\r\n/i);
    expect(page.body).toContain("<h1>Not now</h1>");
    expect((await get(server, "/api/nothing", from("203.0.113.66"))).status).toBe(403);
    expect((await get(server, "/api/health/live", from("203.0.113.66"))).status).toBe(200);
    expect((await get(server, "/", from("203.0.113.67"))).status).toBe(200);
  });

  test("blocks an IPv6 scanner on its whole /64", async () => {
    for (const path of ["/.env", "/wp-login.php", "/id_rsa"])
      await get(server, path, from("2001:db8:7:7::1"));
    expect((await get(server, "/", from("2001:db8:7:7:ffff::2"))).status).toBe(403);
    expect((await get(server, "/", from("2001:db8:7:8::1"))).status).toBe(200);
  });

  test("never blocks a reader for dead links", async () => {
    for (let link = 0; link < 30; link++) await get(server, `/dead/link/${link}`, from("203.0.113.77"));
    expect((await get(server, "/", from("203.0.113.77"))).status).toBe(200);
  });

  test("lets an administrator lift a block", async () => {
    // The rule outlives the test in the database.
    const client = `2001:db8:${randomInt(1, 0xffff).toString(16)}:${randomInt(1, 0xffff).toString(16)}::1`;
    for (const path of ["/.env", "/.git/config", "/xmlrpc.php"]) await get(server, path, from(client));
    expect((await get(server, "/", from(client))).status).toBe(403);
    const response = await fetch(`http://127.0.0.1:${server.port}/api/admin/access-rules`, {
      method: "POST",
      headers: { authorization: `Bearer ${ADMIN_TOKEN}`, "content-type": "application/json" },
      body: JSON.stringify({ kind: "CLIENT", pattern: client, action: "ALLOW", reason: "ours" }),
    });
    expect(response.status).toBe(201);
    expect((await get(server, "/", from(client))).status).toBe(200);
  });

  test("never takes anyone for this machine", async () => {
    expect((await get(server, "/api/metrics", { "X-Forwarded-For": "127.0.0.1" })).status).toBe(403);
    expect((await get(server, "/api/metrics")).status).toBe(403);
  });
});
