import { execFileSync } from "node:child_process";
import { createSocket, type Socket as UdpSocket } from "node:dgram";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { createServer as createTcpServer, type Server } from "node:net";
import { networkInterfaces, tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { hostilePage } from "../../fixtures/hostile-live-page.ts";
import { createWorld, SITE, until, type World } from "../egress/world.ts";
import { type GuardedBrowser, startGuardedBrowser } from "./guarded-tabs.ts";

const HOME = "http://hostile.example.com";
/** Of a private and a link-local range; put on this machine where the test may. */
const EXTRA_ADDRESSES = ["10.77.66.55", "169.254.77.66"];

let world: World;
let browser: GuardedBrowser;
let tcp: Server;
let udp: UdpSocket;
let page = "";
const touched: string[] = [];
const reached = new Set<string>();
const folder = mkdtempSync(join(tmpdir(), "qui-leaks-"));
const netLog = join(folder, "net.json");

/** Only root may; elsewhere the machine's own addresses are what can be reached. */
function ip(change: "add" | "del"): void {
  if (process.getuid?.() !== 0) return;
  for (const address of EXTRA_ADDRESSES) {
    try {
      execFileSync("ip", ["addr", change, `${address}/32`, "dev", "lo"], { stdio: "ignore" });
    } catch {
      // It stands or is gone already, or there is no `ip`: the other canaries watch all the same.
    }
  }
}

beforeAll(async () => {
  ip("add");
  tcp = createTcpServer((socket) => {
    touched.push(`tcp ${socket.localAddress} from ${socket.remoteAddress}`);
    socket.destroy();
  });
  await new Promise<void>((resolve) => tcp.listen({ port: 0, host: "::", ipv6Only: false }, resolve));
  const { port } = tcp.address() as { port: number };
  udp = createSocket({ type: "udp6", ipv6Only: false });
  udp.on("message", (_, { address }) => touched.push(`udp from ${address}`));
  await new Promise<void>((resolve) => udp.bind(port, "::", resolve));

  world = createWorld();
  const listener = createServer(({ url = "/", method }, response) => {
    const { pathname, searchParams } = new URL(url, HOME);
    reached.add(pathname.slice(1));
    const to = searchParams.get("to") ?? "";
    response.setHeader("access-control-allow-origin", "*");
    response.setHeader("content-type", "text/html");
    if (pathname === "/page") response.end(page);
    else if (pathname === "/redirect" && to) response.writeHead(302, { location: to }).end();
    else if (pathname === "/download") {
      response.setHeader("content-disposition", "attachment");
      response.end("file");
    } else if (pathname === "/csp") {
      response.setHeader("content-security-policy", `default-src 'none'; report-uri ${to}`);
      response.end(`<img src="/violation">`);
    } else if (pathname === "/sw.js") {
      response.setHeader("content-type", "text/javascript");
      response.setHeader("service-worker-allowed", "/");
      response.end(`fetch(${JSON.stringify(to)}, { mode: "no-cors" }).catch(() => {})`);
    } else response.end(method);
  });
  listener.on("upgrade", ({ url = "/" }, socket) => {
    reached.add(url.slice(1));
    socket.destroy();
  });
  const site = await world.serveRaw((socket) => void listener.emit("connection", socket));
  world.answer("hostile.example.com", [SITE]);
  world.answer("rebind.example.com", [SITE], ["127.0.0.1"]);
  world.route(SITE, 80, site);
  // The canary's port is open to pages, so that only its address speaks against it.
  browser = await startGuardedBrowser(world, {
    ports: [port],
    switches: [
      `--unsafely-treat-insecure-origin-as-secure=${HOME}`,
      `--log-net-log=${netLog}`,
      "--net-log-capture-mode=Everything",
    ],
  });

  const own = Object.values(networkInterfaces())
    .flatMap((known) => known ?? [])
    .filter(({ internal, family }) => !internal && family === "IPv4")
    .map(({ address }) => address);
  const hosts = [
    "127.0.0.1",
    "localhost",
    "[::1]",
    ...EXTRA_ADDRESSES,
    ...own.slice(0, 1),
    "rebind.example.com",
  ];
  const bases = [...hosts.map((host) => `http://${host}:${port}`), "http://169.254.169.254", HOME];
  const framed = [`http://127.0.0.1:${port}`, `http://rebind.example.com:${port}`, HOME];
  page = hostilePage(bases, { udpPort: port, framed });
});

afterAll(async () => {
  await browser?.close();
  await world.close();
  tcp.close();
  udp.close();
  ip("del");
  rmSync(folder, { recursive: true, force: true });
});

test("a page that tries every road reaches its own site by each of them and nothing private by any", async () => {
  // The rebinding name is public when it is first asked for, as an attacker would have it.
  const tab = await browser.open({ url: `${HOME}/page`, level: "off" });
  // Its windows come to the front, where the page itself is drawn no more.
  await tab.page.waitForFunction("window.tried === true", undefined, { polling: 50 });
  const roads = await tab.page.evaluate<string[]>("window.roads");
  await until(() => roads.every((road) => reached.has(road)));
  expect(await tab.page.evaluate("window.candidates")).toEqual([]);

  for (const url of ["https://169.254.169.254/latest/meta-data/", "http://rebind.example.com/"]) {
    tab.handle({ type: "navigate", tab: 0, to: { url } });
    const failure = { type: "load-failed", url, error: "qui:blocked_address" };
    await until(() => tab.events.some((event) => expect.objectContaining(failure).asymmetricMatch(event)));
  }

  await tab.close();
  await browser.pool.close();
  expect(touched).toEqual([]);
  expect([...new Set(world.dialled)].filter((target) => !target.startsWith(`${SITE}:`))).toEqual([]);
  expect(world.resolved).toContain("rebind.example.com");

  const { tcpTargets, udpSent, lookups } = readNetLog();
  expect(tcpTargets).toEqual([new URL(browser.proxy.url).host]);
  expect(udpSent).toEqual([]);
  expect(lookups).toEqual([]);
});

/** What Chromium itself says that it connected to, sent by UDP and looked up. */
function readNetLog(): { tcpTargets: string[]; udpSent: string[]; lookups: string[] } {
  const text = readFileSync(netLog, "utf8").trimEnd();
  const { constants, events } = JSON.parse(text) as {
    constants: { logEventTypes: Record<string, number> };
    events: { type: number; params?: Record<string, unknown> }[];
  };
  const of = (...names: string[]) => {
    const types = new Set(names.map((name) => constants.logEventTypes[name]));
    expect(types).not.toContain(undefined);
    return events.filter(({ type }) => types.has(type));
  };
  const distinct = (values: unknown[]) => [...new Set(values.filter(Boolean).map(String))];
  return {
    tcpTargets: distinct(of("TCP_CONNECT_ATTEMPT").map(({ params }) => params?.address)),
    udpSent: distinct(of("UDP_BYTES_SENT").map(({ params }) => JSON.stringify(params))),
    lookups: distinct(
      of("HOST_RESOLVER_SYSTEM_TASK", "HOST_RESOLVER_DNS_TASK").map(({ params }) => JSON.stringify(params)),
    ),
  };
}
