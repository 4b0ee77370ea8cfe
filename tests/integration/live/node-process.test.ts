import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { getEnv } from "#lib/node/env.ts";
import { LIVE_CLOSE } from "#lib/protocol/live.ts";
import { findFreePort } from "../../../scripts/services/free-port.ts";
import { isRunning } from "../../../scripts/services/process-identity.ts";
import { connectLiveClient, type LiveTestClient, testTicket } from "../../fixtures/live-client.ts";
import { type LiveSite, startLiveSite } from "../../fixtures/live-site.ts";
import { testChromium } from "../../fixtures/live-test-node.ts";
import { listDescendants } from "../setup/launcher.ts";

let site: LiveSite;
beforeAll(async () => {
  site = await startLiveSite();
});
afterAll(() => site.close());

const settled = (client: LiveTestClient, tab = 1) =>
  client.next("state", (message) => message.tab === tab && message.state.loading === false);

describe("a node's process", () => {
  const folders: string[] = [];
  const children: ChildProcess[] = [];
  afterEach(() => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
  });

  async function startService(env: Record<string, string> = {}) {
    const port = await findFreePort();
    const temp = env.TMPDIR ?? mkdtempSync(join(tmpdir(), "qui-node-test-"));
    if (!env.TMPDIR) folders.push(temp);
    const child = spawn(process.execPath, ["services/live/main.ts"], {
      stdio: ["ignore", "ignore", "inherit"],
      env: {
        PATH: process.env.PATH,
        LOG_LEVEL: "silent",
        QUI_CHROMIUM: testChromium(),
        QUI_SECRET: getEnv().QUI_SECRET,
        QUI_EGRESS_ALLOW: new URL(site.origin).host,
        QUI_FILTER_LISTS: "off",
        QUI_LIVE_PORT: String(port),
        QUI_LIVE_HOST: "127.0.0.1",
        TMPDIR: temp,
        ...env,
      } as unknown as NodeJS.ProcessEnv,
    });
    children.push(child);
    const ended = new Promise<number | null>((resolve) => child.once("exit", resolve));
    const health = () =>
      fetch(`http://127.0.0.1:${port}/health`).then(
        async (response) => ({ code: response.status, ...(await response.json()) }),
        () => null,
      );
    await expect.poll(health, { timeout: 30_000 }).not.toBeNull();
    return { port, child, ended, temp, health };
  }
  const browsersOf = (pid = 0) => listDescendants(pid).map((found) => found.pid);

  it("that is asked to stop tells its clients, and leaves neither processes nor files", async () => {
    const { port, child, ended, temp, health } = await startService();
    const client = await connectLiveClient(port);
    client.open(1, { ticket: testTicket(`${site.origin}/`) });
    await settled(client);
    expect(await health()).toMatchObject({
      code: 200,
      status: "ok",
      tabs: 1,
      sandboxed: process.getuid?.() !== 0,
    });
    const browsers = browsersOf(child.pid);
    expect(browsers.length).toBeGreaterThan(2);
    child.kill("SIGTERM");
    expect(await client.next("ended")).toMatchObject({ why: "node-stopping" });
    expect(await client.closed).toMatchObject({ code: LIVE_CLOSE.goingAway });
    expect(await ended).toBe(0);
    expect(browsers.filter(isRunning)).toEqual([]);
    expect(readdirSync(temp)).toEqual([]);
  });

  it("that is killed takes its Chromium with it; the next one cleans up and opens what was lost", async () => {
    const { port, child, ended, temp } = await startService();
    const client = await connectLiveClient(port);
    client.open(1, { ticket: testTicket(`${site.origin}/`) });
    await settled(client);
    const browsers = browsersOf(child.pid);
    child.kill("SIGKILL");
    await ended;
    expect(await client.closed).toMatchObject({ code: 1006 });
    await expect.poll(() => browsers.filter(isRunning), { timeout: 30_000 }).toEqual([]);
    const [left] = readdirSync(temp);
    expect(left).toMatch(/^qui-live-/);

    const second = await startService({ TMPDIR: temp });
    folders.push(temp);
    expect(readdirSync(temp)).not.toContain(left);
    const again = await connectLiveClient(second.port);
    again.open(1, { ticket: testTicket(`${site.origin}/`), scroll: { x: 0, y: 700 } });
    await again.next("state", ({ state }) => state.scroll?.y === 700);
    again.socket.terminate();
  });

  it("without a Chromium that starts says so, refuses clearly, and goes on", async () => {
    const { port, health } = await startService({ QUI_CHROMIUM: "/bin/false" });
    await expect.poll(health, { timeout: 30_000 }).toMatchObject({ code: 503, status: "no-browser" });
    const client = await connectLiveClient(port);
    client.open(1, { ticket: testTicket(`${site.origin}/`) });
    expect(await client.next("ended")).toMatchObject({ why: "browser-crashed" });
    expect(await health()).toMatchObject({ code: 503 });
    client.socket.terminate();
  });

  it("that can write no profile says so while it lasts, and opens pages again once it can", async () => {
    const { port, child, temp, health } = await startService();
    await expect.poll(health, { timeout: 30_000 }).toMatchObject({ chromium: expect.stringMatching(/^\d/) });
    const [folder = ""] = readdirSync(temp);
    // A Chromium that lives makes a folder that it misses anew: none does while it is halted, and none can where a file stands.
    const browsers = browsersOf(child.pid);
    for (const pid of browsers) signalIfRunning(pid, "SIGSTOP");
    renameSync(join(temp, folder), join(temp, "away"));
    writeFileSync(join(temp, folder), "");
    for (const pid of browsers) signalIfRunning(pid, "SIGKILL");
    await expect.poll(health, { timeout: 30_000 }).toMatchObject({ code: 503, status: "no-browser" });
    const client = await connectLiveClient(port);
    client.open(1, { ticket: testTicket(`${site.origin}/`) });
    expect(await client.next("ended")).toMatchObject({ why: "browser-crashed" });
    rmSync(join(temp, folder));
    renameSync(join(temp, "away"), join(temp, folder));
    await expect.poll(health, { timeout: 30_000 }).toMatchObject({ code: 200 });
    const second = await connectLiveClient(port);
    second.open(1, { ticket: testTicket(`${site.origin}/`) });
    await settled(second);
    second.socket.terminate();
  });
});

function signalIfRunning(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch {
    // It went with its parent.
  }
}
