import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import { pageSchema } from "#lib/protocol/pages.ts";
import {
  connectLiveClient,
  type LiveTestClient,
  NO_MODIFIERS,
  testTicket,
} from "../../fixtures/live-client.ts";
import {
  buttonPoint,
  fieldPoint,
  type LiveFeatureSite,
  startLiveFeatureSite,
} from "../../fixtures/live-feature-site.ts";
import { type LiveTestNode, startLiveTestNode } from "../../fixtures/live-test-node.ts";

type Answer = Extract<LiveClientMessage, { type: "answer" }>["answer"];
type Point = { x: number; y: number };

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
function click(at: Point, { clicks = 1, ...more }: { clicks?: number } & Record<string, unknown> = {}): void {
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
  const response = await fetch(`${fileUrl(pathOf(await make("upload")))}?name=${encodeURIComponent(name)}`, {
    method: "POST",
    body: content,
  });
  return ((await response.json()) as { upload: string }).upload;
}

describe("keys and text", () => {
  it("arrive as a page expects them: codes, shortcuts, counts, composed and replaced text", async () => {
    await open("/keys");
    click({ x: 120, y: 40 }, { clicks: 1 });
    await saw("mousedown").toBe("1");
    click({ x: 120, y: 40 }, { clicks: 2 });
    await saw("dblclick").toBe("2");
    press("a", "KeyA");
    await saw("keydown").toBe("a KeyA 65");
    press("ß", "Minus");
    press("@", "KeyQ", { ctrl: true, alt: true });
    await saw("text").toBe("aß@");
    expect(site.last("keydown")).toBe("@ KeyQ 81");
    client.send({ type: "compose", tab: 1, text: "にほ", selectionStart: 2, selectionEnd: 2 });
    client.send({ type: "text", tab: 1, text: "日本" });
    await saw("text").toBe("aß@日本");
    // A phone's keyboard corrects a word behind the caret, and what is typed after it stays after it.
    client.send({ type: "edit", tab: 1, from: 0, to: 2, text: "Straße ", caret: 7 });
    press("!", "Digit1", { shift: true });
    await saw("text").toBe("Straße !@日本");
    press("a", "KeyA", { meta: true });
    press("Backspace", "Backspace");
    await saw("text").toBe("");
    press("z", "KeyZ", { ctrl: true });
    await saw("text").toBe("Straße !@日本");
  });

  it("of several fingers arrive together, and each leaves for itself", async () => {
    const device = { mode: "mobile", dark: false, reducedMotion: false, language: "en" } as const;
    client.open(1, { ticket: testTicket(`${site.origin}/keys`, { device }) });
    await client.next("state", ({ state }) => state.loading === false);
    const finger = (id: number) => ({ id, x: 50 + id * 40, y: 200, force: 0.5 });
    const touch = (kind: "start" | "move" | "end", points: ReturnType<typeof finger>[]) =>
      client.send({ type: "touch", tab: 1, kind, points, modifiers: NO_MODIFIERS });
    touch("start", [finger(0)]);
    await saw("touchstart").toBe("1");
    touch("start", [finger(0), finger(1)]);
    await saw("touchstart").toBe("2");
    touch("end", [finger(1)]);
    await saw("touchend").toBe("1");
    touch("end", []);
    await saw("touchend").toBe("0");
  });
});

describe("a form", () => {
  it("is filled by lists, pickers and files drawn elsewhere, and sent", async () => {
    await open("/form");
    click(fieldPoint("text"));
    expect(await client.next("field", ({ field }) => field?.field === "text")).toBeDefined();
    client.send({ type: "text", tab: 1, text: "Ada" });
    click(fieldPoint("password"));
    client.send({ type: "text", tab: 1, text: "s3cret" });
    const secret = await client.next(
      "field",
      ({ field }) => field?.field === "password" && field.length === 6,
    );
    expect(secret.field).toMatchObject({ value: "" });

    const values = {
      date: "2026-11-21",
      time: "12:30",
      "datetime-local": "2026-11-21T12:30",
      month: "2026-11",
      week: "2026-W47",
      color: "#102030",
    } as const;
    for (const [field, value] of Object.entries(values) as [keyof typeof values, string][]) {
      click(fieldPoint(field, "picker"));
      const { id, question } = await client.next("ask", ({ question }) => question.kind === "picker");
      expect(question).toMatchObject({ input: field });
      answer(id, { kind: "value", value });
      await saw(`change ${field}`).toBe(value);
      expect(site.last(`input ${field}`)).toBe(value);
    }

    click(fieldPoint("select"));
    const list = await client.next("ask", ({ question }) => question.kind === "select");
    expect(list.question).toMatchObject({
      multiple: false,
      options: [
        { label: "Amber", group: null, disabled: false, selected: true },
        { label: "Azure", group: "Blues", disabled: false, selected: false },
        { label: "Cobalt", group: "Blues", disabled: true, selected: false },
        { label: "Navy", group: "Blues", disabled: false, selected: false },
      ],
    });
    answer(list.id, { kind: "options", indices: [3] });
    await saw("change select").toBe("Navy");
    // What is disabled stays so, whoever asks.
    click(fieldPoint("select"));
    const again = await client.next("ask", ({ question }) => question.kind === "select");
    answer(again.id, { kind: "options", indices: [2] });

    click(fieldPoint("checkbox"));
    await saw("change checkbox").toBe("true");

    click(fieldPoint("file"));
    const files = await client.next("ask", ({ question }) => question.kind === "files");
    expect(files.question).toMatchObject({ multiple: true, accept: ".txt,image/*", bytesMax: 1_000_000 });
    const uploads = [await upload("../../note.txt", "first"), await upload("b.txt", "second!")];
    answer(files.id, { kind: "files", uploads });
    await saw("change file").toBe("_.._note.txt 5,b.txt 7");

    click(fieldPoint("submit"));
    await expect.poll(() => site.last("sent"), { timeout: 5_000 }).toContain("second!");
    const sent = site.last("sent") ?? "";
    for (const value of ["Ada", "s3cret", "Navy", "2026-W47", "#102030"]) expect(sent).toContain(value);
  });

  it("in a frame of another site's process asks at its place in the page", async () => {
    await open("/frames");
    await expect
      .poll(
        () => {
          if (!client.messages.some(({ type }) => type === "ask"))
            click({ x: 100 + buttonPoint(0).x, y: 100 + buttonPoint(0).y });
          return client.messages.some(({ type }) => type === "ask");
        },
        { timeout: 8_000, interval: 500 },
      )
      .toBe(true);
    const { id, question } = await client.next("ask");
    expect(question).toMatchObject({ kind: "select", rect: { x: 120, y: 110, width: 200, height: 30 } });
    answer(id, { kind: "options", indices: [1] });
    await saw("inner").toBe("South");
    client.send({ type: "find", tab: 1, query: "NEEDLE in", step: "first" });
    expect(await client.next("found")).toMatchObject({ count: 1, active: 1 });
  });
});

describe("what a page asks", () => {
  it("is said in its own name, and answered into the page that waits", async () => {
    await open("/dialogs");
    click(buttonPoint(0));
    const confirm = await client.next("ask");
    expect(confirm.question).toEqual({
      kind: "dialog",
      dialog: "confirm",
      origin: site.origin,
      message: "Really?",
      value: "",
    });
    answer(confirm.id, { kind: "accept" });
    await saw("confirm").toBe("true");
    click(buttonPoint(1));
    const prompt = await client.next("ask");
    expect(prompt.question).toMatchObject({ dialog: "prompt", value: "Ada" });
    answer(prompt.id, { kind: "accept", text: "Grace" });
    await saw("prompt").toBe("Grace");
    click(buttonPoint(1));
    answer((await client.next("ask")).id, null);
    await saw("prompt").toBe("null");
  });

  it("about a name and a password is asked again when they were wrong, and opens the page when right", async () => {
    client.open(1, { ticket: testTicket(`${site.origin}/vault`) });
    const first = await client.next("ask");
    expect(first.question).toEqual({
      kind: "credentials",
      origin: site.origin,
      realm: "The vault",
      wrong: false,
    });
    answer(first.id, { kind: "credentials", username: "ada", password: "wrong" });
    const second = await client.next("ask");
    expect(second.question).toMatchObject({ wrong: true });
    answer(second.id, { kind: "credentials", username: "ada", password: "byron" });
    expect(await client.next("state", ({ state }) => state.title === "Inside")).toBeDefined();
  });
});

describe("a window that a page opens", () => {
  it("is shown by its ticket, once, with its opener's reach", async () => {
    await open("/windows");
    click(buttonPoint(0));
    const popup = await client.next("popup");
    expect(popup).toMatchObject({ url: `${site.origin}/opened`, disposition: "tab" });
    client.open(2, { ticket: popup.ticket ?? "" });
    await client.next("opened", ({ tab }) => tab === 2);
    await client.next("state", ({ tab, state }) => tab === 2 && state.title === "Opened");
    for (const kind of ["move", "down", "up"] as const) mouse(kind, buttonPoint(0), 1, { tab: 2 });
    await saw("from window").toBe("hello");
    client.open(3, { ticket: popup.ticket ?? "" });
    expect(await client.next("ended")).toMatchObject({ tab: 3, why: "ticket-refused" });
  });

  it("is one for links pressed with Ctrl, and is stopped when nobody pressed anything", async () => {
    await open("/windows");
    click(buttonPoint(1), { modifiers: { ...NO_MODIFIERS, ctrl: true } });
    expect(await client.next("popup")).toMatchObject({ disposition: "background-tab" });
    client.open(2, { ticket: testTicket(`${site.origin}/windows?open`) });
    expect(await client.next("popup", ({ tab }) => tab === 2)).toMatchObject({ ticket: null, blocked: true });
  });
});

describe("files", () => {
  it("that a page sends are offered once, by a name that stays where it is put, and no larger than allowed", async () => {
    await open("/downloads");
    click(buttonPoint(0));
    const ready = await client.next("download", ({ state }) => state === "ready");
    expect(ready.name).toMatch(/^[^/\\]*réport\.txt$/);
    const response = await fetch(fileUrl(ready.path));
    expect(await response.text()).toBe("The whole report.\n");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await fetch(fileUrl(ready.path))).status).toBe(404);
    click(buttonPoint(1));
    expect(await client.next("download", ({ state }) => state === "refused")).toMatchObject({
      detail: "too-large",
    });
  });

  it("are taken by one-time addresses, up to their size, from the app alone, and go with the context", async () => {
    await open("/form");
    const address = fileUrl(pathOf(await make("upload")));
    const elsewhere = { method: "POST", body: "x", headers: { origin: "https://elsewhere.example" } };
    expect((await fetch(address, elsewhere)).status).toBe(403);
    const preflight = { method: "OPTIONS", headers: { origin: "http://127.0.0.1:3000" } };
    expect((await fetch(address, preflight)).headers.get("access-control-allow-origin")).toBe(
      "http://127.0.0.1:3000",
    );
    expect((await fetch(`${address}?name=a`, { method: "POST", body: "x" })).status).toBe(201);
    expect((await fetch(`${address}?name=b`, { method: "POST", body: "x" })).status).toBe(404);
    const large = fileUrl(pathOf(await make("upload")));
    const stream = new Blob([new Uint8Array(1_000_001)]).stream();
    const tooLarge = fetch(large, { method: "POST", body: stream, duplex: "half" } as RequestInit).then(
      ({ status }) => status,
      () => 413,
    );
    expect(await tooLarge).toBe(413);
    const folders = () => readdirSync(folder).filter((name) => name.startsWith("files-"));
    expect(folders().length).toBeGreaterThan(0);
    client.send({ type: "close", tab: 1 });
    await client.next("ended");
    await expect.poll(folders, { timeout: 5_000 }).toEqual([]);
  });
});

describe("the clipboard and dragging", () => {
  it("carry text and markup between page and visitor, and leave nothing that the page can name", async () => {
    await open("/edit");
    await saw("names").toBe("undefined,undefined");
    click({ x: 120, y: 40 });
    await client.next("field", ({ field }) => field?.field === "contenteditable");
    client.send({
      type: "paste",
      tab: 1,
      text: "bold",
      html: "<b onclick=steal()>bold</b><script>steal()</script>",
    });
    await saw("html").toBe("<b>bold</b>");
    expect(site.last("paste")).toBe("text/plain,text/html");
    press("a", "KeyA", { ctrl: true });
    client.send({ type: "copy", tab: 1, cut: false });
    expect(await client.next("clipboard")).toMatchObject({ text: "bold", html: "<b>bold</b>" });
    // The page's own shortcut goes the same way.
    press("c", "KeyC", { ctrl: true });
    expect(await client.next("clipboard")).toMatchObject({ text: "bold" });
    client.send({ type: "copy", tab: 1, cut: true });
    await saw("html").not.toContain("bold");
    // A picture comes with the event of pasting, as from any clipboard.
    const uploads = [await upload("dot.png", "not much of a picture"), "nobody made this"];
    client.send({ type: "paste", tab: 1, text: "", html: "<img src=x>", uploads });
    await saw("pasted file").toBe("dot.png image/png 21");
    await saw("paste").toBe("text/html,Files");
  });

  it("move things within the page and bring files into it", async () => {
    await open("/drag");
    const from = { x: 120, y: 25 };
    const to = { x: 120, y: 130 };
    mouse("move", from);
    mouse("down", from);
    let step = 0;
    await expect
      .poll(
        () => {
          step = Math.min(step + 1, 12);
          mouse("move", { x: from.x, y: from.y + step * 9 }, 0, { buttons: 1 });
          return site.last("dragover");
        },
        { timeout: 5_000 },
      )
      .toBe("");
    mouse("up", to);
    await saw("dropped").toBe("the thing");
    await saw("dragend").toBe("");
    const uploads = [await upload("list.txt", "milk")];
    client.send({ type: "drop", tab: 1, kind: "drop", ...to, text: "", uploads, modifiers: NO_MODIFIERS });
    await saw("dropped").toBe("list.txt: milk");
  });
});

describe("what is made of a page", () => {
  it("is a PDF, its source, its icon, what lies under a point, and the document it has become", async () => {
    await open("/article");
    expect(await client.next("state", ({ state }) => Boolean(state.icon))).toMatchObject({
      state: { icon: expect.stringMatching(/^data:image\/svg\+xml;base64,/) },
    });
    const pdf = await make("pdf");
    expect(pdf).toMatchObject({ kind: "file", name: "Article.pdf" });
    const bytes = await (await fetch(fileUrl(pathOf(pdf)))).text();
    expect(bytes.slice(0, 5)).toBe("%PDF-");
    const source = await make("source");
    expect(source?.kind === "text" && source.text).toContain("document.createElement");
    const snapshot = await make("snapshot");
    const page = pageSchema.parse(JSON.parse(snapshot?.kind === "text" ? snapshot.text : "null"));
    expect(JSON.stringify(page.document.blocks)).toContain("Paragraph 7 was written by JavaScript");
    client.send({ type: "find", tab: 1, query: "needle", step: "first" });
    expect(await client.next("found")).toMatchObject({ count: 8, active: 1 });
    client.send({ type: "find", tab: 1, query: "needle", step: "previous" });
    expect(await client.next("found")).toMatchObject({ count: 8, active: 8 });
    client.send({ type: "find", tab: 1, query: "", step: "clear" });
    expect(await client.next("found")).toMatchObject({ count: 0 });
    client.send({ type: "navigate", tab: 1, to: { url: `${site.origin}/windows` } });
    await client.next("state", ({ state }) => state.title === "Windows");
    expect(await make("context", buttonPoint(1))).toMatchObject({ linkUrl: `${site.origin}/opened` });
  });
});
