import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { endProcess } from "../../../scripts/services/end-process.ts";
import { findFreePort } from "../../../scripts/services/free-port.ts";
import { type RunningPostgres, startPostgres } from "../../../scripts/services/postgres/start-postgres.ts";
import { createServiceGroup, type ServiceGroup } from "../../../scripts/services/service-group.ts";

let dir = "";
let services: ServiceGroup;
let running: RunningPostgres[] = [];
beforeEach(() => {
  dir = mkdtempSync(join(tmpdir(), "qui-cluster-"));
  chmodSync(dir, 0o755);
  services = createServiceGroup();
  running = [];
});
afterEach(async () => {
  await services.stop();
  for (const one of running) {
    // The folder of a cluster that lives elsewhere is named by this one.
    if (!one.dataDir.startsWith(dir)) rmSync(dirname(one.dataDir), { recursive: true });
  }
  rmSync(dir, { recursive: true, force: true });
});

const start = async ({ durable = false } = {}) => {
  const postgres = await startPostgres({ dir, database: "qui", durable, services });
  running.push(postgres);
  return postgres;
};
const stop = async ({ child }: RunningPostgres) => {
  if (child.pid !== undefined) await endProcess(child.pid, [{ signal: "SIGINT", waitMs: 10_000 }]);
};
const query = async (url: string, sql: string) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(sql)).rows;
  } finally {
    await client.end();
  }
};

describe("embedded PostgreSQL", () => {
  it("is started again on the same port, with the same data", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS value");
    await stop(first);
    const second = await start();
    expect(second.url).toBe(first.url);
    expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
  });

  it("moves to another port when its own is taken", async () => {
    const first = await start();
    await stop(first);
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(first.port, "127.0.0.1", resolve));
    const second = await start();
    expect(second.port).not.toBe(first.port);
    expect(await query(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    other.close();
  });

  it("is closed to others, and the same on every machine", async () => {
    const { url } = await start();
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(query(wrong.href, "SELECT 1")).rejects.toThrow("password authentication failed");
    expect(statSync(join(dir, "settings.json")).mode & 0o777).toBe(0o600);
    expect(await query(url, "SHOW listen_addresses")).toEqual([{ listen_addresses: "127.0.0.1" }]);
    expect(await query(url, "SHOW unix_socket_directories")).toEqual([{ unix_socket_directories: "" }]);
    expect(await query(url, "SHOW server_encoding")).toEqual([{ server_encoding: "UTF8" }]);
    const collation = "SELECT upper('é') AS upper, 'Z' < 'a' AS ordered";
    expect(await query(url, collation)).toEqual([{ upper: "É", ordered: true }]);
  });

  it("starts although the lock of a killed run now names another program", async () => {
    const first = await start();
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS value");
    await stop(first);
    const port = await findFreePort();
    const lock = [process.pid, first.dataDir, 1, port, "", "127.0.0.1", "", "ready", ""].join("\n");
    writeFileSync(join(first.dataDir, "postmaster.pid"), lock);
    const second = await start();
    expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
  });

  it("ends a server of its own that a killed run left, and no other program", async () => {
    const left = await start();
    const next = await start();
    expect(left.child.exitCode ?? left.child.signalCode).not.toBeNull();
    expect(await query(next.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("recovers what was committed before a crash", async () => {
    const first = await start({ durable: true });
    await query(first.url, "CREATE TABLE kept AS SELECT 7 AS value");
    first.child.kill("SIGKILL");
    const second = await start({ durable: true });
    expect(await query(second.url, "SELECT value FROM kept")).toEqual([{ value: 7 }]);
  });

  it("begins anew where making the cluster was interrupted", async () => {
    mkdirSync(join(dir, "data.new/base"), { recursive: true });
    mkdirSync(join(dir, "data"));
    const { url } = await start();
    expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    expect(existsSync(join(dir, "data.new"))).toBe(false);
  });

  it("says what to do about files of another major version", async () => {
    const first = await start();
    await stop(first);
    writeFileSync(join(first.dataDir, "PG_VERSION"), "12\n");
    await expect(start()).rejects.toThrow(
      /was made by PostgreSQL 12, but this is \d+\. Move the folder away/,
    );
  });

  it("says why when it cannot start, with the end of its log", async () => {
    const first = await start();
    await stop(first);
    writeFileSync(join(first.dataDir, "postgresql.conf"), "no_such_setting = 1\n");
    await expect(start()).rejects.toThrow(/PostgreSQL did not start[\s\S]*no_such_setting/);
  });

  it.skipIf(process.getuid?.() !== 0)(
    "lives where its account can reach it when the checkout is closed",
    async () => {
      chmodSync(dir, 0o700);
      const { url, dataDir } = await start();
      expect(dataDir).toMatch(/^\/var\/lib\/qui\/[0-9a-f]{12}\/data$/);
      expect(JSON.parse(readFileSync(join(dir, "settings.json"), "utf8")).dataDir).toBe(dataDir);
      expect(await query(url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    },
  );
});
