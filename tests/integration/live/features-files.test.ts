import { readdirSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { pageSchema } from "#lib/protocol/pages.ts";
import { NO_MODIFIERS } from "../../fixtures/live-client.ts";
import { buttonPoint } from "../../fixtures/live-feature-site.ts";
import { prepareFeatureTabs } from "./feature-tabs.ts";

const tabs = prepareFeatureTabs();
const { open, mouse, click, press, saw, make, pathOf, fileUrl, upload } = tabs;

describe("files", () => {
  it("that a page sends are offered once, by a name that stays where it is put, and no larger than allowed", async () => {
    await open("/downloads");
    click(buttonPoint(0));
    const ready = await tabs.client.next("download", ({ state }) => state === "ready");
    expect(ready.name).toMatch(/^[^/\\]*réport\.txt$/);
    const response = await fetch(fileUrl(ready.path));
    expect(await response.text()).toBe("The whole report.\n");
    expect(response.headers.get("content-disposition")).toMatch(/^attachment;/);
    expect(response.headers.get("x-content-type-options")).toBe("nosniff");
    expect((await fetch(fileUrl(ready.path))).status).toBe(404);
    click(buttonPoint(1));
    expect(await tabs.client.next("download", ({ state }) => state === "refused")).toMatchObject({
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
    const folders = () => readdirSync(tabs.folder).filter((name) => name.startsWith("files-"));
    expect(folders().length).toBeGreaterThan(0);
    tabs.client.send({ type: "close", tab: 1 });
    await tabs.client.next("ended");
    await expect.poll(folders, { timeout: 30_000 }).toEqual([]);
  });
});

describe("the clipboard and dragging", () => {
  it("carry text and markup between page and visitor, and leave nothing that the page can name", async () => {
    await open("/edit");
    await saw("names").toBe("undefined,undefined");
    click({ x: 120, y: 40 });
    await tabs.client.next("field", ({ field }) => field?.field === "contenteditable");
    tabs.client.send({
      type: "paste",
      tab: 1,
      text: "bold",
      html: "<b onclick=steal()>bold</b><script>steal()</script>",
    });
    await saw("html").toBe("<b>bold</b>");
    await saw("paste").toBe("text/plain,text/html");
    press("a", "KeyA", { ctrl: true });
    tabs.client.send({ type: "copy", tab: 1, cut: false });
    expect(await tabs.client.next("clipboard")).toMatchObject({ text: "bold", html: "<b>bold</b>" });
    // The page's own shortcut goes the same way.
    press("c", "KeyC", { ctrl: true });
    expect(await tabs.client.next("clipboard")).toMatchObject({ text: "bold" });
    tabs.client.send({ type: "copy", tab: 1, cut: true });
    await saw("html").not.toContain("bold");
    // A picture comes with the event of pasting, as from any clipboard.
    const uploads = [await upload("dot.png", "not much of a picture"), "nobody made this"];
    tabs.client.send({ type: "paste", tab: 1, text: "", html: "<img src=x>", uploads });
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
          return tabs.site.last("dragover");
        },
        { timeout: 5_000 },
      )
      .toBe("");
    mouse("up", to);
    await saw("dropped").toBe("the thing");
    await saw("dragend").toBe("");
    const uploads = [await upload("list.txt", "milk")];
    tabs.client.send({
      type: "drop",
      tab: 1,
      kind: "drop",
      ...to,
      text: "",
      uploads,
      modifiers: NO_MODIFIERS,
    });
    await saw("dropped").toBe("list.txt: milk");
  });
});

describe("what is made of a page", () => {
  it("is a PDF, its source, its icon, what lies under a point, and the document it has become", async () => {
    await open("/article");
    expect(await tabs.client.next("state", ({ state }) => Boolean(state.icon))).toMatchObject({
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
    tabs.client.send({ type: "find", tab: 1, query: "needle", step: "first" });
    expect(await tabs.client.next("found")).toMatchObject({ count: 8, active: 1 });
    tabs.client.send({ type: "find", tab: 1, query: "needle", step: "previous" });
    expect(await tabs.client.next("found")).toMatchObject({ count: 8, active: 8 });
    tabs.client.send({ type: "find", tab: 1, query: "", step: "clear" });
    expect(await tabs.client.next("found")).toMatchObject({ count: 0 });
    tabs.client.send({ type: "navigate", tab: 1, to: { url: `${tabs.site.origin}/windows` } });
    await tabs.client.next("state", ({ state }) => state.title === "Windows");
    expect(await make("context", buttonPoint(1))).toMatchObject({ linkUrl: `${tabs.site.origin}/opened` });
  });
});
