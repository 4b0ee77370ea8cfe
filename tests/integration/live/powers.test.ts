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
const BUTTONS = ["Write", "Write both", "Day", "List"] as const;

let site: LiveFeatureSite;
let node: LiveTestNode;
let client: LiveTestClient;
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
  client = await connectLiveClient(node.port);
});
afterEach(async () => {
  for (const tab of [1, 2]) client.send({ type: "close", tab });
  await client.close();
});

async function open(path: string, { by = client, tab = 1, ...given }: OpenOptions = {}): Promise<void> {
  by.open(tab, { ticket: testTicket(`${site.origin}${path}`, given) });
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
