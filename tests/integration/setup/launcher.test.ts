import { existsSync, readFileSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { findFreePort, isPortFree } from "../../../scripts/services/free-port.ts";
import { isRunning } from "../../../scripts/services/process-identity.ts";
import { hashSources } from "../../../scripts/setup/hash-sources.ts";
import { createDataFolder, type Launch, launch, listDescendants } from "./launcher.ts";
import { createTestDatabase } from "./test-database.ts";

/** `npm test` builds the app here before these tests; by hand: QUI_DIST_DIR=.next-test npm run build. */
const distDir = ".next-test";
const stamp = join(distDir, "built-from");
const isBuilt = existsSync(stamp) && readFileSync(stamp, "utf8") === hashSources(process.cwd());

describe.skipIf(!isBuilt || process.platform !== "linux")("npm start, once the app is built", () => {
  let port: number;
  let folder: ReturnType<typeof createDataFolder>;
  let launches: Launch[];
  beforeEach(async () => {
    port = await findFreePort();
    folder = createDataFolder();
    launches = [];
  });
  afterEach(async () => {
    for (const { child, ended } of launches) {
      child.kill("SIGTERM");
      await ended;
    }
    folder.remove();
  });

  const start = (env: Record<string, string> = {}) => {
    const started = launch({ PORT: String(port), QUI_DATA_DIR: folder.path, QUI_DIST_DIR: distDir, ...env });
    launches.push(started);
    return started;
  };
  const startUntilReady = async (env?: Record<string, string>) => {
    const started = start(env);
    await started.printed(`Qui is ready: http://localhost:${port}`);
    return started;
  };
  const isLive = () =>
    fetch(`http://localhost:${port}/api/health/live`).then(
      ({ ok }) => ok,
      () => false,
    );
  const runningOf = (pids: number[]) => pids.filter(isRunning);
  const find = (launched: Launch, text: string) => {
    const found = listDescendants(launched.pid).find(({ command }) => command.includes(text));
    if (!found) throw new Error(`The launcher has no process "${text}".`);
    return found.pid;
  };
  const embedded = () => JSON.parse(readFileSync(join(folder.path, "postgres/settings.json"), "utf8"));
  const query = async (sql: string) => {
    const { port: databasePort, password } = embedded();
    const client = new pg.Client({
      host: "127.0.0.1",
      port: databasePort,
      user: "qui",
      password,
      database: "qui",
    });
    await client.connect();
    try {
      return (await client.query(sql)).rows;
    } finally {
      await client.end();
    }
  };

  it("answers at the address it prints, with a migrated database of its own", async () => {
    const launched = await startUntilReady();
    expect(await isLive()).toBe(true);
    expect(await query("SELECT count(*)::int AS rows FROM access_rules")).toEqual([{ rows: 0 }]);
    expect(launched.output()).not.toContain("building");
  });

  it.each(["SIGTERM", "SIGINT"] as const)("ends on %s, and every process of it", async (signal) => {
    const launched = await startUntilReady();
    const pids = listDescendants(launched.pid).map(({ pid }) => pid);
    expect(pids.length).toBeGreaterThan(3);
    launched.child.kill(signal);
    expect(await launched.ended).toBe(0);
    await expect.poll(() => runningOf(pids), { timeout: 15_000 }).toEqual([]);
    expect(await isPortFree(port)).toBe(true);
    expect(existsSync(join(folder.path, "run.json"))).toBe(false);
    expect(existsSync(join(folder.path, "postgres/data/postmaster.pid"))).toBe(false);
  });

  it("finishes a request under way before it ends", async () => {
    const site = await serveOnDemand();
    const allowed = `127.0.0.1:${site.port}`;
    const launched = await startUntilReady({ QUI_EGRESS_ALLOW: allowed });
    const request = fetch(
      `http://localhost:${port}/api/pages?url=${encodeURIComponent(`http://${allowed}/`)}`,
    );
    await site.asked;
    launched.child.kill("SIGTERM");
    // No longer listening: the end is under way, and the request still is.
    await expect.poll(isLive, { timeout: 15_000 }).toBe(false);
    site.answer("<title>Late</title><p>The page came late, and came whole, for all that it took.</p>");
    const response = await request;
    expect(response.status).toBe(200);
    expect(JSON.stringify(await response.json())).toContain("came whole");
    expect(await launched.ended).toBe(0);
    site.close();
  });

  it("ends cleanly when it is asked to before it is ready", async () => {
    const launched = start();
    await expect
      .poll(() => existsSync(join(folder.path, "postgres/server.log")), { interval: 5, timeout: 30_000 })
      .toBe(true);
    const pids = listDescendants(launched.pid).map(({ pid }) => pid);
    launched.child.kill("SIGTERM");
    expect(await launched.ended).toBe(0);
    await expect.poll(() => runningOf(pids), { timeout: 15_000 }).toEqual([]);
    expect(launched.output()).not.toContain("Qui is ready");
    expect(existsSync(join(folder.path, "postgres/data/postmaster.pid"))).toBe(false);
  });

  it("leaves nothing running when it is killed", async () => {
    const launched = await startUntilReady();
    const pids = listDescendants(launched.pid).map(({ pid }) => pid);
    launched.child.kill("SIGKILL");
    await expect.poll(() => runningOf(pids), { timeout: 15_000 }).toEqual([]);
    expect(await isPortFree(port)).toBe(true);
  });

  it("ends with npm, even when npm is killed", async () => {
    const npm = launch({ PORT: String(port), QUI_DATA_DIR: folder.path, QUI_DIST_DIR: distDir }, [
      "npm",
      "start",
    ]);
    launches.push(npm);
    await npm.printed(`Qui is ready: http://localhost:${port}`);
    const pids = listDescendants(npm.pid).map(({ pid }) => pid);
    npm.child.kill("SIGKILL");
    await expect.poll(() => runningOf(pids), { timeout: 20_000 }).toEqual([]);
    expect(existsSync(join(folder.path, "run.json"))).toBe(false);
  });

  it("starts again after a kill that spared PostgreSQL, with what was stored", async () => {
    const launched = await startUntilReady();
    await query("CREATE TABLE kept AS SELECT 7 AS value");
    const postgres = find(launched, "postgres -D");
    const liveNode = find(launched, "services/live/main.ts");
    for (const pid of [find(launched, "guard.sh"), find(launched, "next"), launched.pid])
      process.kill(pid, "SIGKILL");
    await launched.ended;
    expect(runningOf([postgres])).toEqual([postgres]);
    await expect.poll(() => runningOf([liveNode]), { timeout: 20_000 }).toEqual([]);

    await startUntilReady();
    expect(runningOf([postgres])).toEqual([]);
    expect(await query("SELECT value FROM kept")).toEqual([{ value: 7 }]);
  });

  it("starts again with the same data after it lost the database's password", async () => {
    const launched = await startUntilReady();
    await query("CREATE TABLE kept AS SELECT 7 AS value");
    launched.child.kill("SIGTERM");
    await launched.ended;
    const before = embedded().password;
    rmSync(join(folder.path, "postgres/settings.json"));
    await startUntilReady();
    expect(embedded().password).not.toBe(before);
    expect(await query("SELECT value FROM kept")).toEqual([{ value: 7 }]);
  });

  it("says who runs already when it is started twice, and leaves the first alone", async () => {
    const first = await startUntilReady();
    const second = start();
    expect(await second.ended).toBe(1);
    expect(second.output()).toContain(
      `Qui already runs from this folder (process ${first.pid}, http://localhost:${port})`,
    );
    expect(await isLive()).toBe(true);
  });

  it("says which port is taken, and by which setting to choose another", async () => {
    const other = await serveOnDemand(port);
    const launched = start();
    expect(await launched.ended).toBe(1);
    expect(launched.output()).toContain(
      `Port ${port} is taken by another program. Choose one: PORT=${port + 1}`,
    );
    other.close();
  });

  it("says what is wrong with a port that is none", async () => {
    const launched = start({ PORT: "http" });
    expect(await launched.ended).toBe(1);
    expect(launched.output()).toContain('PORT is "http"');
  });

  it("uses the database it is given, migrated, and starts none", async () => {
    const database = await createTestDatabase();
    const launched = await startUntilReady({ DATABASE_URL: database.url });
    expect(listDescendants(launched.pid).filter(({ command }) => command.includes("postgres"))).toEqual([]);
    expect(existsSync(join(folder.path, "postgres"))).toBe(false);
    const ready = await fetch(`http://localhost:${port}/api/health/ready`);
    expect(ready.status).toBe(200);
    launched.child.kill("SIGTERM");
    await launched.ended;
    await database.drop();
  });

  it("ends, and says so, when its database ends", async () => {
    const launched = await startUntilReady();
    process.kill(find(launched, "postgres -D"), "SIGQUIT");
    expect(await launched.ended).toBe(1);
    expect(launched.output()).toContain("PostgreSQL ended unexpectedly");
    expect(await isPortFree(port)).toBe(true);
  });
});

/** A site that holds its one answer back until it is told. */
async function serveOnDemand(port = 0) {
  const asked = Promise.withResolvers<void>();
  const page = Promise.withResolvers<string>();
  const server: Server = createServer(async (_, response) => {
    asked.resolve();
    response.setHeader("Content-Type", "text/html; charset=utf-8");
    response.end(await page.promise);
  });
  await new Promise<void>((resolve) => server.listen(port, resolve));
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The site has no port.");
  return {
    port: address.port,
    asked: asked.promise,
    answer: page.resolve,
    close: () => {
      page.resolve("");
      server.closeAllConnections();
      server.close();
    },
  };
}
