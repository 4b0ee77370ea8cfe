import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, expect } from "vitest";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  testTicket,
} from "../../fixtures/live-client.ts";
import { type LiveFeatureSite, startLiveFeatureSite } from "../../fixtures/live-feature-site.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";

type Answer = Extract<LiveClientMessage, { type: "answer" }>["answer"];
type Point = { x: number; y: number };

/** A node and a site for the tests of a file, a client for each of them, and what a person does with tab 1. */
export function prepareFeatureTabs() {
  let site: LiveFeatureSite;
  let node: LiveTestNode;
  let client: LiveTestClient;
  /** Everything the node writes lies here, and nothing of other nodes on the machine. */
  const folder = mkdtempSync(join(tmpdir(), "live-features-"));
  beforeAll(async () => {
    process.env.TMPDIR = folder;
    site = await startLiveFeatureSite();
    process.env.QUI_EGRESS_ALLOW = `${new URL(site.origin).host},${new URL(site.otherOrigin).host}`;
    node = await startLiveTestNode();
  });
  afterAll(async () => {
    await node.close();
    await site.close();
    rmSync(folder, { recursive: true, force: true });
  });
  beforeEach(async () => {
    site.seen.length = 0;
    client = await connectLiveClient(node.port);
  });
  afterEach(async () => {
    for (const tab of [1, 2]) client.send({ type: "close", tab });
    await client.close();
  });

  async function open(path: string, tab = 1): Promise<void> {
    client.open(tab, { ticket: testTicket(`${site.origin}${path}`) });
    await client.next("state", (message) => message.tab === tab && message.state.loading === false);
  }
  const mouse = (kind: "move" | "down" | "up", at: Point, clicks = 1, more: object = {}) =>
    client.send({
      type: "mouse",
      tab: 1,
      kind,
      ...at,
      button: kind === "move" ? "none" : "left",
      buttons: kind === "down" ? 1 : 0,
      clicks,
      modifiers: NO_MODIFIERS,
      ...more,
    });
  function click(
    at: Point,
    { clicks = 1, ...more }: { clicks?: number } & Record<string, unknown> = {},
  ): void {
    mouse("move", at, 0, more);
    mouse("down", at, clicks, more);
    mouse("up", at, clicks, more);
  }
  function press(key: string, code: string, modifiers: Partial<typeof NO_MODIFIERS> = {}): void {
    for (const kind of ["down", "up"] as const)
      client.send({
        type: "key",
        tab: 1,
        kind,
        key,
        code,
        location: 0,
        repeat: false,
        modifiers: { ...NO_MODIFIERS, ...modifiers },
      });
  }
  const answer = (id: number, given: Answer) => client.send({ type: "answer", tab: 1, id, answer: given });
  const saw = (what: string) => expect.poll(() => site.last(what), { timeout: 5_000, message: what });
  const make = async (what: "pdf" | "source" | "snapshot" | "context" | "upload" | "picture", at?: Point) => {
    const id = Math.floor(Math.random() * 1e9);
    client.send({ type: "make", tab: 1, id, what, ...(at ? { at } : {}) });
    return (await client.next("made", (message) => message.id === id)).result;
  };
  const pathOf = (result: Awaited<ReturnType<typeof make>>) => (result?.kind === "file" ? result.path : "");
  const fileUrl = (path: string) => `http://127.0.0.1:${node.port}${path}`;
  async function upload(name: string, content: string): Promise<string> {
    const response = await fetch(
      `${fileUrl(pathOf(await make("upload")))}?name=${encodeURIComponent(name)}`,
      {
        method: "POST",
        body: content,
      },
    );
    return ((await response.json()) as { upload: string }).upload;
  }

  return {
    folder,
    get site() {
      return site;
    },
    get client() {
      return client;
    },
    open,
    mouse,
    click,
    press,
    answer,
    saw,
    make,
    pathOf,
    fileUrl,
    upload,
  };
}
