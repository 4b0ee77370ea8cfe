import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { blocksText } from "#lib/core/document/block-text.ts";
import type { Block } from "#lib/protocol/document.ts";
import { type Page, pageSchema } from "#lib/protocol/pages.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  testTicket,
} from "../../fixtures/live-client.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";
import { type ReadableLiveSite, startReadableLiveSite } from "../../fixtures/readable-live-site.ts";

let site: ReadableLiveSite;
let node: LiveTestNode;
let client: LiveTestClient;
beforeAll(async () => {
  site = await startReadableLiveSite();
  process.env.QUI_EGRESS_ALLOW = `${new URL(site.origin).host},${new URL(site.otherOrigin).host}`;
  node = await startLiveTestNode();
});
afterAll(async () => {
  await node.close();
  await site.close();
});
beforeEach(async () => {
  client = await connectLiveClient(node.port);
});
afterEach(async () => {
  client.send({ type: "close", tab: 1 });
  await client.close();
});

async function open(path: string): Promise<void> {
  client.open(1, { ticket: testTicket(`${site.origin}${path}`) });
  await client.next("state", ({ state }) => state.loading === false);
}

let lastId = 0;
async function snapshot() {
  lastId += 1;
  const id = lastId;
  client.send({ type: "make", tab: 1, id, what: "snapshot" });
  return client.next("made", (message) => message.id === id);
}

async function read(): Promise<Page> {
  const { result } = await snapshot();
  return pageSchema.parse(JSON.parse(result?.kind === "text" ? result.text : "null"));
}

const headings = ({ document }: Page) =>
  document.blocks.flatMap((block: Block) => (block.type === "heading" ? [blocksText([block]).trim()] : []));

it("a page made by scripts is read as it is seen: shadow trees and frames in their place, pictures as they were chosen", async () => {
  await open("/app");
  // A frame of another site is met a moment after it has loaded.
  await expect.poll(async () => JSON.stringify(await read()), { timeout: 20_000 }).toContain("Foreign One");
  const page = await read();
  expect(page).toMatchObject({
    fromLive: true,
    needsLive: false,
    document: { title: "Made by a script", lang: "en" },
  });
  expect(page.document.source.finalUrl).toBe(`${site.origin}/app`);
  const text = blocksText(page.document.blocks);
  const told = [
    "The first paragraph",
    "The second paragraph",
    "The way on",
    "Before the slot",
    "What the page gives to a slot",
    "Deep in two shadows",
    "What stands in a frame of the site",
    "Foreign One",
    "Foreign Four",
    "The last paragraph",
  ];
  const places = told.map((words) => text.indexOf(words));
  expect(places.every((place) => place >= 0)).toBe(true);
  expect(places).toEqual(places.toSorted((a, b) => a - b));
  for (const words of told) expect(text.split(words)).toHaveLength(2);
  expect(text).not.toMatch(/nobody sees|only for machines|enable JavaScript/);
  expect(headings(page)).toEqual(expect.arrayContaining(["A second part", "The last part"]));
  expect(page.media.map(({ url }) => url)).toEqual([`${site.origin}/photo.svg#now`]);
  const runs = page.document.blocks.flatMap((block) => (block.type === "paragraph" ? block.runs : []));
  const part = page.document.blocks.find(
    (block) => block.type === "heading" && /last part/.test(blocksText([block])),
  );
  expect(runs.find(({ text }) => text === "a part further down")?.href).toBe(`#${part?.id}`);
  expect(runs.find(({ text }) => text === "another page")?.href).toBe(`${site.origin}/other?x=1`);
});

it("what is typed into fields is in no document, wherever the page mirrors it", async () => {
  await open("/form");
  await client.next("field", ({ field }) => field?.field === "password");
  client.send({ type: "text", tab: 1, text: "hunter-2-secret" });
  await client.next("state", ({ state }) => state.title === "Typed 15");
  for (const kind of ["down", "up"] as const)
    client.send({
      type: "key",
      tab: 1,
      kind,
      key: "Tab",
      code: "Tab",
      location: 0,
      repeat: false,
      modifiers: NO_MODIFIERS,
    });
  await client.next("field", ({ field }) => field?.field === "textarea");
  client.send({ type: "text", tab: 1, text: "a private note" });
  await client.next("field", ({ field }) => field?.value === "a private note");
  const { result } = await snapshot();
  const text = result?.kind === "text" ? result.text : "";
  expect(text).toContain("What stands in a form");
  expect(text).toContain("Ada Lovelace");
  expect(text).not.toMatch(/hunter-2|private note|Choice of hers/);
});

it("a page without end is read from its beginning, and says that it goes on", async () => {
  await open("/endless");
  const { document } = await read();
  const text = blocksText(document.blocks);
  expect(text).toContain("Row 0 was written");
  expect(text).not.toContain("Row 3999 was written");
  expect(text.trim()).toMatch(/The page goes on; the reader shows only its beginning\.$/);
});
