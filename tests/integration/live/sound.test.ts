import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { BrowserContext, Page } from "playwright-core";
import { afterAll, beforeAll, expect, it } from "vitest";
import { verifyTicket } from "#lib/node/live/ticket.ts";
import { CAPTURE_URL } from "#services/live/capture/capture-extensions.ts";
import { leaseCapturePage } from "#services/live/capture/capture-page.ts";
import { watchTabs } from "#services/live/capture/watch-tabs.ts";
import { SOUND } from "#services/live/sound/sound-capturing.ts";
import { PICTURE } from "#services/live/stream/picture-capturing.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  TEST_VIEW,
  testTicket,
} from "../../fixtures/live-client.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";

/** Half of what there is, so that a level that is off by anything shows. */
const LEVEL = 0.5;
/** One second of sound. */
const SECOND = 50;

const said: string[] = [];
let server: Server;
let origin: string;
let otherOrigin: string;
let node: LiveTestNode;
let client: LiveTestClient;
/** A page of the site in a browser of the node, which takes packets apart. */
let decoder: Page;

/** A press anywhere begins a tone; the next one ends it. A hostile page tries to hear what is not its own. */
const page = (
  hz: string,
) => `<!doctype html><title>${hz}</title><style>body{margin:0;height:100vh}</style><script>
  let context;
  onclick = () => {
    if (context) { context.close(); context = null; return; }
    context = new AudioContext();
    const tone = new OscillatorNode(context, { frequency: ${hz} });
    tone.connect(new GainNode(context, { gain: ${LEVEL} })).connect(context.destination);
    tone.start();
    const say = (what) => fetch("/said?" + encodeURIComponent(what));
    say("runtime " + typeof chrome?.runtime);
    fetch("${CAPTURE_URL}").then(() => say("capture open"), () => say("capture closed"));
    say("bindings " + ["quiCaptured", "quiCapture", "quiSound", "quiPicture", "quiSounds", "quiFind"].filter((name) => name in globalThis).length);
  };
</script>`;

beforeAll(async () => {
  server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://site");
    if (url.pathname === "/said") said.push(decodeURIComponent(url.search.slice(1)));
    response.setHeader("content-type", "text/html");
    response.end(page(url.searchParams.get("hz") ?? "0"));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  origin = `http://127.0.0.1:${port}`;
  otherOrigin = `http://localhost:${port}`;
  process.env.QUI_EGRESS_ALLOW = `127.0.0.1:${port},localhost:${port}`;
  node = await startLiveTestNode();
  client = await connectLiveClient(node.port);
  decoder = await (await contextOf("decoder")).newPage();
  await decoder.goto(origin);
});
afterAll(async () => {
  await client.close();
  await node.close();
  server.closeAllConnections();
  server.close();
});

/** What the node itself has of an account. */
async function contextOf(account: string): Promise<BrowserContext> {
  const ticket = verifyTicket(testTicket(origin, { account }), Date.now());
  if (!ticket) throw new Error("The test's own ticket is refused.");
  return (await node.pool.lease(ticket)).context;
}

async function open(tab: number, url: string): Promise<void> {
  client.open(tab, { ticket: testTicket(url) });
  await client.next("state", (message) => message.tab === tab && message.state.loading === false);
}

function press(tab: number): void {
  for (const kind of ["down", "up"] as const) {
    const held = { button: "left", buttons: kind === "down" ? 1 : 0, clicks: 1 } as const;
    client.send({ type: "mouse", tab, kind, x: 50, y: 50, ...held, modifiers: NO_MODIFIERS });
  }
}

const audible = (tab: number, is: boolean) =>
  client.next("state", (message) => message.tab === tab && message.state.audible === is);
const listen = (tab: number, on: boolean) => client.send({ type: "sound", tab, on });

/** The pitch of a second of sound by how often it crosses zero, and its loudness. */
async function hear(tab: number): Promise<{ hz: number; level: number }> {
  const packets = await client.nextSounds(tab, SECOND);
  return decoder.evaluate(
    async (texts) => {
      const samples: number[] = [];
      const decoding = new AudioDecoder({
        output(sound) {
          const plane = new Float32Array(sound.numberOfFrames);
          sound.copyTo(plane, { planeIndex: 0, format: "f32-planar" });
          samples.push(...plane);
          sound.close();
        },
        error(error) {
          throw error;
        },
      });
      decoding.configure({ codec: "opus", sampleRate: 48_000, numberOfChannels: 2 });
      for (const [index, text] of texts.entries()) {
        const data = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
        decoding.decode(new EncodedAudioChunk({ type: "key", timestamp: index * 20_000, data }));
      }
      await decoding.flush();
      // The decoder finds its way during the first packets.
      const steady = samples.slice(4_800);
      let crossings = 0;
      let power = 0;
      for (const [index, sample] of steady.entries()) {
        if (sample >= 0 !== (steady[index - 1] ?? sample) >= 0) crossings += 1;
        power += sample * sample;
      }
      return {
        hz: (crossings * 24_000) / steady.length,
        level: Math.sqrt((2 * power) / steady.length),
      };
    },
    packets.map((packet) => Buffer.from(packet).toString("base64")),
  );
}

it("carries a page's own sound as high and as loud as it is, to whoever plays it and shows it", async () => {
  await open(1, `${origin}/?hz=440`);
  await open(2, `${origin}/?hz=1000`);
  await open(3, `${origin}/?hz=3000`);
  for (const tab of [1, 3]) listen(tab, true);
  for (const tab of [1, 2]) press(tab);
  await Promise.all([audible(1, true), audible(2, true)]);

  // A machine that has no time for a piece of it drops that piece: one second is whole.
  await expect
    .poll(() => hear(1), { timeout: 20_000 })
    .toEqual({ hz: expect.closeTo(440, -1), level: expect.closeTo(LEVEL, 1) });
  expect(new Set(client.sounds.map(({ header }) => header.tab))).toEqual(new Set([1]));
  expect(client.sounds[0]?.header).toMatchObject({ first: true, channels: 2, samples: 960 });
  const bytes = client.sounds.reduce((sum, { payload }) => sum + payload.byteLength, 0);
  expect(bytes / client.sounds.length).toBeLessThan(400);

  // A message is answered before the next: what comes from tab 2 comes after tab 1 fell silent.
  listen(1, false);
  listen(2, true);
  await expect.poll(() => hear(2), { timeout: 20_000 }).toMatchObject({ hz: expect.closeTo(1000, -1) });
  const since = client.sounds.findIndex(({ header }) => header.tab === 2);
  expect(client.sounds.slice(since).filter(({ header }) => header.tab !== 2)).toEqual([]);

  client.send({ type: "view", tab: 2, ...TEST_VIEW, zoom: 1, attention: "hidden" });
  listen(1, true);
  await hear(1);
  const turned = client.sounds.findLastIndex(({ header }) => header.tab === 2);
  expect(client.sounds.findIndex(({ header }, index) => index > since && header.tab === 1)).toBeGreaterThan(
    turned,
  );
});

it("goes on over a change of site, and tells pages nothing", async () => {
  client.send({ type: "navigate", tab: 1, to: { url: `${otherOrigin}/?hz=660` } });
  await client.next(
    "state",
    (message) => message.tab === 1 && message.state.url?.includes("hz=660") === true,
  );
  await client.next("state", (message) => message.tab === 1 && message.state.loading === false);
  press(1);
  // The first second of it may begin with the silence in between.
  await expect
    .poll(() => hear(1), { timeout: 20_000 })
    .toEqual({
      hz: expect.closeTo(660, -1),
      level: expect.closeTo(LEVEL, 1),
    });
  expect(new Set(said)).toEqual(new Set(["runtime undefined", "capture closed", "bindings 0"]));
});

it("captures no tab of another context, by ear or by eye", async () => {
  const own = await contextOf("ada");
  const tab = own.pages().find((page) => page.url().startsWith("http"));
  const browser = own.browser();
  if (!tab || !browser) throw new Error("The tabs of the tests before are gone.");
  const { targetInfo } = await (await own.newCDPSession(tab)).send("Target.getTargetInfo");
  const tabId = await (await watchTabs(browser)).find(targetInfo.targetId);
  expect(tabId).not.toBeNull();
  const page = await leaseCapturePage(decoder.context());
  const size = { width: 64, height: 64, filled: 64, framesPerS: 5, codec: "avc1.42E01F", webp: true };
  await expect(page.start(SOUND, { tabId, bitrate: 64_000 }, () => {})).rejects.toThrow("Invalid tab");
  await expect(page.start(PICTURE, { tabId, ...size }, () => {})).rejects.toThrow("Invalid tab");
  page.release();
});

it.each(["file:///etc/hostname", CAPTURE_URL, "chrome://version/", " FILE:///etc/hostname"])(
  "a client cannot go to %s",
  async (url) => {
    client.send({ type: "navigate", tab: 3, to: { url } });
    const { error } = await client.next("load-failed", (message) => message.tab === 3);
    expect(error).toBe("net::ERR_DISALLOWED_URL_SCHEME");
  },
);
