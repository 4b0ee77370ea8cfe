import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { connect, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { chromium } from "playwright-core";
import { findFreePort } from "../../scripts/services/free-port.ts";
import { denseText } from "../fixtures/streamed-page.ts";
import { median, percentile } from "./statistics.ts";

const DISPLAY = 97;
const SCROLL_MS = 4000;
const KEYS = 15;
const ZRLE = 16;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * x11vnc on a virtual screen with the same Chromium and page, read by a small RFB client (RFC 6143) that asks for the
 * next update once it has the last, as noVNC does; encoding ZRLE, which noVNC reads too. A sentence when it is not installed.
 */
export async function measureVnc(executablePath: string): Promise<string> {
  if (!hasProgram("Xvfb") || !hasProgram("x11vnc"))
    return "x11vnc was not measured: it is not installed here (Debian: `xvfb x11vnc`).";
  const port = await findFreePort();
  const folder = mkdtempSync(join(tmpdir(), "qui-vnc-"));
  const children: ChildProcess[] = [];
  const start = (name: string, args: string[]) => {
    const child = spawn(name, args, { stdio: "ignore", env: { ...process.env, DISPLAY: `:${DISPLAY}` } });
    children.push(child);
  };
  start("Xvfb", [`:${DISPLAY}`, "-screen", "0", "1280x720x24", "-nolisten", "tcp"]);
  await wait(1500);
  const browser = await chromium.launchPersistentContext(folder, {
    executablePath,
    headless: false,
    viewport: null,
    env: { ...process.env, DISPLAY: `:${DISPLAY}` } as Record<string, string>,
    args: ["--disable-gpu", "--kiosk", "--window-position=0,0", "--window-size=1280,720"],
  });
  try {
    const page = browser.pages()[0] ?? (await browser.newPage());
    await page.setContent(denseText());
    start("x11vnc", [
      "-display",
      `:${DISPLAY}`,
      "-rfbport",
      String(port),
      "-localhost",
      "-nopw",
      "-forever",
      "-quiet",
    ]);
    await wait(2500);
    const viewer = await openViewer(port);
    // Without a window manager a window gets the keyboard by being pressed.
    viewer.press(150, 40);
    await wait(1500);
    const times: number[] = [];
    for (let key = 0; key < KEYS; key += 1) {
      const before = viewer.updates();
      const sentAt = performance.now();
      viewer.key(0x6d);
      while (viewer.updates() === before && performance.now() - sentAt < 2000) await wait(1);
      times.push(performance.now() - sentAt);
      await wait(400);
    }
    await page.evaluate(() => {
      let y = 0;
      const step = () => {
        y = (y + 6) % 20_000;
        window.scrollTo(0, y);
        requestAnimationFrame(step);
      };
      step();
    });
    await wait(500);
    const [updates, bytes] = [viewer.updates(), viewer.bytes()];
    await wait(SCROLL_MS);
    const fps = ((viewer.updates() - updates) * 1000) / SCROLL_MS;
    const mbits = ((viewer.bytes() - bytes) * 8) / 1000 / SCROLL_MS;
    viewer.close();
    return `x11vnc on Xvfb with the same Chromium and page, ZRLE: ${fps.toFixed(1)} updates a second at ${mbits.toFixed(1)} Mbit/s while scrolling; key press to the update's last byte, undecoded: ${median(times).toFixed(0)} / ${percentile(times, 0.95).toFixed(0)} ms (p50 / p95).`;
  } finally {
    await browser.close();
    for (const child of children) child.kill("SIGTERM");
    rmSync(folder, { recursive: true, force: true });
  }
}

function hasProgram(name: string): boolean {
  try {
    execFileSync("which", [name], { stdio: "ignore" });
    return true;
  } catch {
    // `which` fails for what is not there.
    return false;
  }
}

interface Viewer {
  updates(): number;
  bytes(): number;
  key(symbol: number): void;
  press(x: number, y: number): void;
  close(): void;
}

async function openViewer(port: number): Promise<Viewer> {
  const socket = connect(port, "127.0.0.1");
  socket.setNoDelay(true);
  let [updates, bytes] = [0, 0];
  const read = createReader(socket, (length) => {
    bytes += length;
  });
  await read(12);
  socket.write("RFB 003.008\n");
  const kinds = (await read(1))[0] ?? 0;
  await read(kinds);
  socket.write(Buffer.from([1]));
  await read(4);
  socket.write(Buffer.from([1]));
  const init = await read(24);
  const [width, height] = [init.readUInt16BE(0), init.readUInt16BE(2)];
  await read(init.readUInt32BE(20));
  const encodings = Buffer.alloc(8);
  encodings[0] = 2;
  encodings.writeUInt16BE(1, 2);
  encodings.writeInt32BE(ZRLE, 4);
  socket.write(encodings);
  const ask = (incremental: boolean) => {
    const request = Buffer.alloc(10);
    request[0] = 3;
    request[1] = incremental ? 1 : 0;
    request.writeUInt16BE(width, 6);
    request.writeUInt16BE(height, 8);
    socket.write(request);
  };
  ask(false);
  const listen = async () => {
    for (;;) {
      const type = (await read(1))[0];
      if (type === 0) {
        const rects = (await read(3)).readUInt16BE(1);
        for (let rect = 0; rect < rects; rect += 1) {
          const header = await read(12);
          if (header.readInt32BE(8) === ZRLE) await read((await read(4)).readUInt32BE(0));
        }
        updates += 1;
        ask(true);
      } else if (type === 3) await read((await read(7)).readUInt32BE(3));
      else if (type === 1) await read((await read(5)).readUInt16BE(3) * 6);
    }
  };
  listen().catch(() => {
    // The socket was closed when enough was measured.
  });
  return {
    updates: () => updates,
    bytes: () => bytes,
    key(symbol) {
      for (const down of [1, 0]) {
        const event = Buffer.alloc(8);
        event[0] = 4;
        event[1] = down;
        event.writeUInt32BE(symbol, 4);
        socket.write(event);
      }
    },
    press(x, y) {
      for (const buttons of [0, 1, 0]) {
        const event = Buffer.alloc(6);
        event[0] = 5;
        event[1] = buttons;
        event.writeUInt16BE(x, 2);
        event.writeUInt16BE(y, 4);
        socket.write(event);
      }
    },
    close: () => socket.destroy(),
  };
}

/** Gives so many bytes once they are there. One reader at a time. */
function createReader(socket: Socket, count: (length: number) => void) {
  let chunks = Buffer.alloc(0);
  let wanted: { length: number; resolve(bytes: Buffer): void; reject(error: Error): void } | null = null;
  const serve = () => {
    if (!wanted || chunks.byteLength < wanted.length) return;
    const { length, resolve } = wanted;
    wanted = null;
    const taken = chunks.subarray(0, length);
    chunks = chunks.subarray(length);
    resolve(taken);
  };
  socket.on("data", (data) => {
    count(data.byteLength);
    chunks = Buffer.concat([chunks, data]);
    serve();
  });
  socket.on("close", () => wanted?.reject(new Error("the socket is closed")));
  return (length: number) =>
    new Promise<Buffer>((resolve, reject) => {
      wanted = { length, resolve, reject };
      serve();
    });
}
