import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { chromium } from "playwright-core";
import { findFreePort } from "../../scripts/services/free-port.ts";
import { waitFor } from "../../scripts/services/wait-for.ts";
import { connectLiveClient, testTicket } from "../fixtures/live-client.ts";
import { startLiveSite } from "../fixtures/live-site.ts";
import { testChromium } from "../fixtures/live-test-node.ts";
import { listDescendants } from "../integration/setup/launcher.ts";

const SESSIONS = 500;
const EVERY = 100;
/** A browser is replaced once on the way, as it is in service. */
const CONTEXTS_MAX = 300;
/** Asked by a signal, the node collects its garbage and tells what is left: growth that stays is a leak. */
const COLLECT =
  "data:text/javascript,process.on('SIGUSR2',()=>{gc();setImmediate(()=>{gc();process.send(process.memoryUsage())})})";
const SECRET = "a bench signs its tickets with this 0123456789";

interface Sample {
  sessions: number;
  processes: number;
  nodeMb: number;
  /** What its code still holds once its garbage is collected: objects, and buffers outside the heap. */
  heldMb: number;
  chromiumMb: number;
  files: number;
}

/** Opens and closes sessions of accounts that come once each, and looks at what is left after every hundred. */
export default async function liveSoak(): Promise<string> {
  process.env.QUI_SECRET = SECRET;
  const site = await startLiveSite();
  const temp = mkdtempSync(join(tmpdir(), "qui-soak-"));
  const port = await findFreePort();
  const node = startNode({ port, temp, allow: new URL(site.origin).host });
  try {
    await untilIdle(port);
    await runSessions(port, site.origin, 0, 10);
    const ours = [await sample(node, port, 0)];
    const startedAt = performance.now();
    for (let done = 0; done < SESSIONS; done += EVERY) {
      await runSessions(port, site.origin, done + 10, EVERY);
      ours.push(await sample(node, port, done + EVERY));
    }
    const seconds = (performance.now() - startedAt) / SESSIONS / 1000;
    // Alone on the machine, like ours.
    await end(node);
    const bare = await runBare(site.origin);
    return format({ ours, bare, seconds });
  } finally {
    await end(node);
    rmSync(temp, { recursive: true, force: true });
    await site.close();
  }
}

function startNode({ port, temp, allow }: { port: number; temp: string; allow: string }): ChildProcess {
  return spawn(process.execPath, ["--expose-gc", `--import=${COLLECT}`, "services/live/main.ts"], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
    env: {
      ...process.env,
      LOG_LEVEL: "silent",
      QUI_CHROMIUM: testChromium(),
      QUI_SECRET: SECRET,
      QUI_EGRESS_ALLOW: allow,
      QUI_FILTER_LISTS: "off",
      QUI_LIVE_PORT: String(port),
      QUI_LIVE_HOST: "127.0.0.1",
      QUI_LIVE_CONTEXTS_MAX: String(CONTEXTS_MAX),
      TMPDIR: temp,
      REDIS_URL: "",
    },
  });
}

async function end(node: ChildProcess): Promise<void> {
  if (node.exitCode !== null || node.signalCode !== null) return;
  const ended = new Promise((resolve) => node.once("exit", resolve));
  node.kill("SIGTERM");
  await ended;
}

/** Two at a time; each shows its page's first picture and ends. */
async function runSessions(port: number, origin: string, from: number, count: number): Promise<void> {
  let next = from;
  const runOne = async (account: string) => {
    const client = await connectLiveClient(port);
    client.open(1, { ticket: testTicket(`${origin}/`, { account }) });
    await client.nextFrame();
    await client.next("state", ({ state }) => state.loading === false);
    client.send({ type: "close", tab: 1 });
    await client.next("ended");
    await client.close();
  };
  const worker = async () => {
    while (next < from + count) await runOne(`visitor ${next++}`);
  };
  await Promise.all([worker(), worker()]);
}

async function untilIdle(port: number): Promise<void> {
  const idle = await waitFor(
    async () => {
      const response = await fetch(`http://127.0.0.1:${port}/health`).catch(() => null);
      if (!response?.ok) return null;
      const { tabs, contexts, browsers, chromium } = (await response.json()) as Record<string, unknown>;
      return (tabs === 0 && contexts === 0 && browsers === 1 && chromium !== "") || null;
    },
    { timeoutMs: 60_000, everyMs: 250 },
  );
  if (!idle) throw new Error("The node did not come to rest.");
}

async function sample(node: ChildProcess, port: number, sessions: number): Promise<Sample> {
  await untilIdle(port);
  const pid = node.pid ?? 0;
  // A renderer kept ready comes and goes; of a few looks the smallest tells what stays.
  const looks: Omit<Sample, "heldMb">[] = [];
  for (let look = 0; look < 5; look++) {
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    const browsers = listDescendants(pid).map((found) => found.pid);
    looks.push({
      sessions,
      processes: browsers.length,
      nodeMb: memoryMb(pid),
      chromiumMb: browsers.reduce((sum, browser) => sum + memoryMb(browser), 0),
      files: [pid, ...browsers].reduce((sum, owner) => sum + openFiles(owner), 0),
    });
  }
  const heldMb = await collectedMb(node);
  const least = (key: Exclude<keyof Sample, "heldMb">) => Math.min(...looks.map((look) => look[key]));
  return {
    sessions,
    processes: least("processes"),
    nodeMb: least("nodeMb"),
    heldMb,
    chromiumMb: least("chromiumMb"),
    files: least("files"),
  };
}

/** The same visits by Playwright alone, in one browser: what Chromium itself keeps. */
async function runBare(origin: string): Promise<[before: Sample, after: Sample]> {
  const browser = await chromium.launch({
    executablePath: testChromium(),
    chromiumSandbox: process.getuid?.() !== 0,
  });
  const visit = async () => {
    const context = await browser.newContext({ viewport: { width: 640, height: 480 } });
    const page = await context.newPage();
    await page.goto(`${origin}/`);
    await page.screenshot({ type: "jpeg" });
    await context.close();
  };
  const look = async (sessions: number): Promise<Sample> => {
    await new Promise((resolve) => setTimeout(resolve, 3_000));
    const pids = listDescendants(process.pid)
      .filter(({ command }) => command.includes("playwright_chromiumdev_profile"))
      .map(({ pid }) => pid);
    return {
      sessions,
      processes: pids.length,
      nodeMb: memoryMb(process.pid),
      heldMb: heldMb(collectHere()),
      chromiumMb: pids.reduce((sum, pid) => sum + memoryMb(pid), 0),
      files: [process.pid, ...pids].reduce((sum, pid) => sum + openFiles(pid), 0),
    };
  };
  try {
    for (let n = 0; n < 10; n++) await visit();
    const before = await look(0);
    for (let n = 0; n < SESSIONS; n += 2) await Promise.all([visit(), visit()]);
    return [before, await look(SESSIONS)];
  } finally {
    await browser.close();
  }
}

const heldMb = ({ heapUsed, external }: NodeJS.MemoryUsage) => (heapUsed + external) / 1024 / 1024;

async function collectedMb(node: ChildProcess): Promise<number> {
  const told = once(node, "message", { signal: AbortSignal.timeout(30_000) });
  node.kill("SIGUSR2");
  const [usage] = (await told) as [NodeJS.MemoryUsage];
  return heldMb(usage);
}

function collectHere(): NodeJS.MemoryUsage {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
  return process.memoryUsage();
}

/** Proportional set size: pages shared by several processes count once among them. */
function memoryMb(pid: number): number {
  try {
    const rollup = readFileSync(`/proc/${pid}/smaps_rollup`, "utf8");
    return Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) / 1024;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}

function openFiles(pid: number): number {
  try {
    return readdirSync(`/proc/${pid}/fd`).length;
  } catch {
    // It ended meanwhile.
    return 0;
  }
}

function format({
  ours,
  bare,
  seconds,
}: {
  ours: Sample[];
  bare: [before: Sample, after: Sample];
  seconds: number;
}): string {
  const first = ours.find(({ sessions }) => sessions === EVERY);
  const last = ours.at(-1);
  if (!first || !last) throw new Error("Nothing was measured.");
  const kept = ((last.heldMb - first.heldMb) * 1024) / (last.sessions - first.sessions);
  const keptBare = ((bare[1].heldMb - bare[0].heldMb) * 1024) / bare[1].sessions;
  const row = (name: string, { processes, nodeMb, heldMb, chromiumMb, files }: Sample) =>
    `| ${name} | ${processes} | ${nodeMb.toFixed(0)} MB | ${heldMb.toFixed(1)} MB | ${chromiumMb.toFixed(0)} MB | ${files} |`;
  const rows = [
    ...ours.map((one) => row(`${one.sessions} sessions`, one)),
    row("bare Playwright, before", bare[0]),
    row(`bare Playwright, ${bare[1].sessions} visits`, bare[1]),
  ];
  return `## Live sessions over time

${SESSIONS} sessions of as many accounts, two at a time, each opened, shown and closed (${seconds.toFixed(2)} s a session), after ten to warm up; at rest after every ${EVERY}. A Chromium is replaced after ${CONTEXTS_MAX} contexts. Memory is the proportional set size. Bare Playwright makes as many contexts in one Chromium, from the process that measures.

| after | Chromium processes | node | of it, held after a collection | Chromium | open files |
| --- | --- | --- | --- | --- | --- |
${rows.join("\n")}

What the process that drives Chromium holds of each session after it has ended, from the ${EVERY}th on, its garbage collected: ${kept.toFixed(1)} KB; bare Playwright ${keptBare.toFixed(1)} KB. What the process takes beyond that is memory V8 keeps for its next objects.
`;
}
