import { randomUUID } from "node:crypto";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  testTicket,
} from "../../fixtures/live-client.ts";
import { buttonPoint, type LiveFeatureSite, startLiveFeatureSite } from "../../fixtures/live-feature-site.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";

// What a page asks of the machine it runs on: its clipboard, its pickers, the place where it stands.
const BUTTONS = [
  "Write",
  "Write both",
  "Day",
  "List",
  "Place",
  "Watch",
  "May notify",
  "Notify",
  "Read",
  "Camera",
  "Screen",
  "Instruments",
] as const;
const PROMPTS = "prompt prompt prompt prompt prompt prompt";

let site: LiveFeatureSite;
let node: LiveTestNode;
let client: LiveTestClient;
/** A new one for each test: what was allowed to the one before ends with its context, a moment later. */
let account = "";
beforeAll(async () => {
  site = await startLiveFeatureSite();
  process.env.QUI_EGRESS_ALLOW = new URL(site.origin).host;
  node = await startLiveTestNode();
});
afterAll(async () => {
  await node.close();
  await site.close();
});
beforeEach(async () => {
  site.forget();
  account = randomUUID();
  client = await connectLiveClient(node.port);
});
afterEach(async () => {
  for (const tab of [1, 2]) client.send({ type: "close", tab });
  await client.close();
});

async function open(path: string, { by = client, tab = 1, ...given }: OpenOptions = {}): Promise<void> {
  by.open(tab, { ticket: testTicket(`${site.origin}${path}`, { account, ...given }) });
  await by.next("state", (message) => message.tab === tab && message.state.loading === false);
}
type OpenOptions = Partial<LiveTicket> & { by?: LiveTestClient; tab?: number };

function click(button: (typeof BUTTONS)[number], by = client): void {
  const at = buttonPoint(BUTTONS.indexOf(button));
  for (const kind of ["move", "down", "up"] as const)
    by.send({
      type: "mouse",
      tab: 1,
      kind,
      ...at,
      button: kind === "move" ? "none" : "left",
      buttons: kind === "down" ? 1 : 0,
      clicks: kind === "move" ? 0 : 1,
      modifiers: NO_MODIFIERS,
    });
}
type Answer = Extract<LiveClientMessage, { type: "answer" }>["answer"];
const answer = (id: number, given: Answer) => client.send({ type: "answer", tab: 1, id, answer: given });
const saw = (what: string) => expect.poll(() => site.last(what), { timeout: 10_000, message: what });

it("what a page's script copies after a press reaches its own visitor alone, and nothing the tabs share", async () => {
  await expect.poll(() => node.browsers.length, { timeout: 30_000 }).toBe(1);
  const seed = "what the shared clipboard held before";
  const shared = await node.browsers[0]?.newContext();
  await shared?.grantPermissions(["clipboard-read", "clipboard-write"]);
  const page = await shared?.newPage();
  await page?.goto(`${site.origin}/nothing`);
  await page?.evaluate(`navigator.clipboard.writeText(${JSON.stringify(seed)})`);

  const other = await connectLiveClient(node.port);
  await open("/powers#ada");
  await open("/powers#bob", { by: other, account: "bob" });
  await saw("early write").toBe("NotAllowedError");
  click("Write");
  click("Write", other);
  expect(await client.next("clipboard")).toMatchObject({ text: "words of #ada", html: "", byPage: true });
  expect(await other.next("clipboard")).toMatchObject({ text: "words of #bob", html: "", byPage: true });
  await saw("Write").toBe("undefined");
  click("Write both");
  expect(await client.next("clipboard")).toMatchObject({ text: "both", html: "<b>both</b>", byPage: true });
  await other.close();

  await page?.bringToFront();
  expect(await page?.evaluate("navigator.clipboard.readText()")).toBe(seed);
  await shared?.close();
});

it("a list or picker that the page opens itself is asked at its place, after a press only", async () => {
  await open("/powers");
  await saw("early picker").toBe("NotAllowedError");
  click("Day");
  const day = await client.next("ask");
  expect(day.question).toMatchObject({ kind: "picker", input: "date", rect: { x: 300 } });
  answer(day.id, { kind: "value", value: "2026-11-21" });
  await saw("changed").toBe("2026-11-21");
  click("List");
  const list = await client.next("ask");
  expect(list.question).toMatchObject({ kind: "select", options: [{ label: "Oak" }, { label: "Elm" }] });
  answer(list.id, { kind: "options", indices: [1] });
  await saw("changed").toBe("Elm");
  expect(site.last("List")).toBe("undefined");
});

const permission = async (by = client) => {
  const { id, question } = await by.next("ask");
  return { id, permission: question.kind === "permission" ? question.permission : question.kind };
};

it("a page is told a place when a person gives one, roughly, for as long as they said, and nobody else is", async () => {
  await open("/powers");
  await saw("looks").toBe("writeText1true watchPosition1true Notification1true showPicker0true");
  await saw("states").toBe(PROMPTS);
  click("Place");
  const waved = await permission();
  expect(waved.permission).toBe("geolocation");
  answer(waved.id, null);
  await saw("Place").toBe("code 1");

  const place = { latitude: 52.5234, longitude: 13.4114 };
  click("Place");
  answer((await permission()).id, { kind: "allow", keep: "once", place });
  await saw("Place").toBe("52.5 13.4 10000");
  await saw("states").toBe(PROMPTS.replace("prompt", "granted"));
  client.send({ type: "navigate", tab: 1, to: { url: `${site.origin}/powers?again` } });
  await saw("states?again").toBe(PROMPTS);

  click("Watch");
  answer((await permission()).id, { kind: "allow", keep: "session", place });
  await saw("Watch").toBe("52.5 13.4 10000");
  client.send({ type: "navigate", tab: 1, to: { url: `${site.origin}/powers?later` } });
  await saw("states?later").toBe(PROMPTS.replace("prompt", "granted"));
  const other = await connectLiveClient(node.port);
  await open("/powers?other", { by: other, account: "bob" });
  await saw("states?other").toBe(PROMPTS);
  await other.close();
});

it("notifications are Qui's own words, a clipboard is read once for each yes, and a no stays one", async () => {
  await open("/powers");
  click("May notify");
  const notify = await permission();
  expect(notify.permission).toBe("notifications");
  answer(notify.id, { kind: "allow", keep: "session" });
  await saw("May notify").toBe("granted");
  click("Notify");
  expect(await client.next("notice")).toMatchObject({
    origin: site.origin,
    notice: { kind: "notification", title: "Tea", body: "is ready" },
  });
  await saw("Notify").toBe("shown");

  click("Read");
  const read = await permission();
  expect(read.permission).toBe("clipboard-read");
  answer(read.id, { kind: "allow", keep: "once", text: "my own words" });
  await saw("Read").toBe("my own words");
  click("Read");
  answer((await permission()).id, { kind: "deny" });
  await saw("Read").toBe("NotAllowedError");
  await saw("states").toBe("prompt granted prompt prompt denied prompt");
  site.forget();
  click("Read");
  await saw("Read").toBe("NotAllowedError");

  click("Camera");
  expect(await client.next("notice")).toMatchObject({ notice: { kind: "refused", device: "camera" } });
  await saw("Camera").toBe("NotFoundError");
  click("Screen");
  expect(await client.next("notice")).toMatchObject({ notice: { kind: "refused", device: "screen" } });
  await saw("Screen").toBe("NotAllowedError");
  click("Instruments");
  await saw("Instruments").toBe("NotAllowedError");
  expect(client.messages.filter(({ type }) => type === "ask")).toHaveLength(3);
});
