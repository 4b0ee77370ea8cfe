import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { CAPTURE_URL } from "#services/live/capture/capture-extensions.ts";
import { watchTabs } from "#services/live/capture/watch-tabs.ts";
import { connectLiveClient, type LiveTestClient, TEST_VIEW, testTicket } from "../../fixtures/live-client.ts";
import { type LiveSite, startLiveSite } from "../../fixtures/live-site.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";

const WAIT = { timeout: 30_000 };
const TABS = [1, 2, 3, 4, 5, 6, 7, 8];

let site: LiveSite;
let node: LiveTestNode;
let client: LiveTestClient;
beforeAll(async () => {
  site = await startLiveSite();
  const { host, port } = new URL(site.origin);
  process.env.QUI_EGRESS_ALLOW = `${host},localhost:${port}`;
  node = await startLiveTestNode({ node: { tabsMax: TABS.length } });
});
afterEach(async () => {
  client.socket.terminate();
  await Promise.all([...node.node.seats()].map((seat) => seat.end("closed")));
});
afterAll(async () => {
  await node.close();
  await site.close();
});

const look = (tab: number, attention: "focused" | "hidden") =>
  client.send({ type: "view", tab, ...TEST_VIEW, zoom: 1, attention });

describe("what a live tab shows", () => {
  it("comes for each of many that are opened one after the other, looked away from while they load, and looked at again", async () => {
    client = await connectLiveClient(node.port);
    for (const tab of TABS) {
      client.open(tab, { ticket: testTicket(`${site.origin}/moving`) });
      await client.next("opened", (message) => message.tab === tab);
      if (tab > 1) look(tab - 1, "hidden");
    }
    for (const tab of TABS)
      await client.next("state", ({ state, ...of }) => of.tab === tab && state.loading === false);
    for (const tab of TABS) look(tab, "focused");
    const before = client.frames.length;
    const shown = () => [...new Set(client.frames.slice(before).map(({ tab }) => tab))].sort();
    await expect.poll(shown, WAIT).toEqual(TABS);
    expect(client.messages.filter(({ type }) => type === "ended")).toEqual([]);
  });

  it("is said to be lost when Chromium captures it for nobody any more", async () => {
    client = await connectLiveClient(node.port);
    client.open(1, { ticket: testTicket(`${site.origin}/`) });
    await client.nextFrame();
    const browser = node.browsers.at(-1);
    const pages = browser?.contexts().flatMap((context) => context.pages()) ?? [];
    const page = pages.find((one) => one.url().startsWith(site.origin));
    const capturer = pages.find((one) => one.url() === CAPTURE_URL);
    if (!browser || !page || !capturer) throw new Error("the node shows the page by other means");
    const cdp = await page.context().newCDPSession(page);
    const { targetInfo } = await cdp.send("Target.getTargetInfo");
    const targetTabId = await (await watchTabs(browser)).find(targetInfo.targetId);

    look(1, "hidden");
    const name = () =>
      capturer
        .evaluate((wanted) => {
          const { tabCapture } = Reflect.get(globalThis, "chrome");
          return tabCapture.getMediaStreamId({ targetTabId: wanted }) as Promise<string>;
        }, targetTabId)
        .catch(() => "");
    let chromeMediaSourceId = "";
    await expect.poll(async () => (chromeMediaSourceId = await name()), WAIT).not.toBe("");
    // As where a document comes while a stream begins: Chromium says that there is one, and nobody has it.
    await capturer.evaluate(async (id) => {
      const video = { mandatory: { chromeMediaSource: "tab", chromeMediaSourceId: id } };
      const stream = await navigator.mediaDevices.getUserMedia({ video } as MediaStreamConstraints);
      // As on a busy machine, where a try takes its time.
      const { tabCapture } = Reflect.get(globalThis, "chrome");
      const ask = tabCapture.getMediaStreamId;
      const getMediaStreamId = async (wanted: object) => {
        await new Promise((resolve) => setTimeout(resolve, 200));
        return ask.call(tabCapture, wanted);
      };
      Object.assign(tabCapture, { getMediaStreamId });
      Object.assign(globalThis, { stream });
    }, chromeMediaSourceId);
    look(1, "focused");
    expect(await client.next("ended")).toMatchObject({ why: "picture-lost" });
  });
});
