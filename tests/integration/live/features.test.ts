import { describe, expect, it } from "vitest";
import { NO_MODIFIERS, testTicket } from "../../fixtures/live-client.ts";
import { buttonPoint, fieldPoint } from "../../fixtures/live-feature-site.ts";
import { prepareFeatureTabs } from "./feature-tabs.ts";

const tabs = prepareFeatureTabs();
const { open, mouse, click, press, answer, saw, upload } = tabs;

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
    await saw("keydown").toBe("@ KeyQ 81");
    tabs.client.send({ type: "compose", tab: 1, text: "にほ", selectionStart: 2, selectionEnd: 2 });
    tabs.client.send({ type: "text", tab: 1, text: "日本" });
    await saw("text").toBe("aß@日本");
    // A phone's keyboard corrects a word behind the caret, and what is typed after it stays after it.
    tabs.client.send({ type: "edit", tab: 1, from: 0, to: 2, text: "Straße ", caret: 7 });
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
    tabs.client.open(1, { ticket: testTicket(`${tabs.site.origin}/keys`, { device }) });
    await tabs.client.next("state", ({ state }) => state.loading === false);
    const finger = (id: number) => ({ id, x: 50 + id * 40, y: 200, force: 0.5 });
    const touch = (kind: "start" | "move" | "end", points: ReturnType<typeof finger>[]) =>
      tabs.client.send({ type: "touch", tab: 1, kind, points, modifiers: NO_MODIFIERS });
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
    expect(await tabs.client.next("field", ({ field }) => field?.field === "text")).toBeDefined();
    tabs.client.send({ type: "text", tab: 1, text: "Ada" });
    click(fieldPoint("password"));
    tabs.client.send({ type: "text", tab: 1, text: "s3cret" });
    const secret = await tabs.client.next(
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
      const { id, question } = await tabs.client.next("ask", ({ question }) => question.kind === "picker");
      expect(question).toMatchObject({ input: field });
      answer(id, { kind: "value", value });
      await saw(`change ${field}`).toBe(value);
      await saw(`input ${field}`).toBe(value);
    }

    click(fieldPoint("select"));
    const list = await tabs.client.next("ask", ({ question }) => question.kind === "select");
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
    const again = await tabs.client.next("ask", ({ question }) => question.kind === "select");
    answer(again.id, { kind: "options", indices: [2] });

    click(fieldPoint("checkbox"));
    await saw("change checkbox").toBe("true");

    click(fieldPoint("file"));
    const files = await tabs.client.next("ask", ({ question }) => question.kind === "files");
    expect(files.question).toMatchObject({ multiple: true, accept: ".txt,image/*", bytesMax: 1_000_000 });
    const uploads = [await upload("../../note.txt", "first"), await upload("b.txt", "second!")];
    answer(files.id, { kind: "files", uploads });
    await saw("change file").toBe("_.._note.txt 5,b.txt 7");

    click(fieldPoint("submit"));
    await expect.poll(() => tabs.site.last("sent"), { timeout: 5_000 }).toContain("second!");
    const sent = tabs.site.last("sent") ?? "";
    for (const value of ["Ada", "s3cret", "Navy", "2026-W47", "#102030"]) expect(sent).toContain(value);
  });

  it("in a frame of another site's process asks at its place in the page", async () => {
    await open("/frames");
    const newest = () => tabs.client.messages.findLast((message) => message.type === "ask");
    // A press may come before the frame does, and the question of one is withdrawn by the next.
    await expect
      .poll(
        () => {
          const asked = newest();
          if (asked) answer(asked.id, { kind: "options", indices: [1] });
          else click({ x: 100 + buttonPoint(0).x, y: 100 + buttonPoint(0).y });
          return tabs.site.last("inner");
        },
        { interval: 500 },
      )
      .toBe("South");
    const rect = { x: 120, y: 110, width: 200, height: 30 };
    expect(newest()?.question).toMatchObject({ kind: "select", rect });
    tabs.client.send({ type: "find", tab: 1, query: "NEEDLE in", step: "first" });
    expect(await tabs.client.next("found")).toMatchObject({ count: 1, active: 1 });
  });
});

describe("what a page asks", () => {
  it("is said in its own name, and answered into the page that waits", async () => {
    await open("/dialogs");
    click(buttonPoint(0));
    const confirm = await tabs.client.next("ask");
    expect(confirm.question).toEqual({
      kind: "dialog",
      dialog: "confirm",
      origin: tabs.site.origin,
      message: "Really?",
      value: "",
    });
    answer(confirm.id, { kind: "accept" });
    await saw("confirm").toBe("true");
    click(buttonPoint(1));
    const prompt = await tabs.client.next("ask");
    expect(prompt.question).toMatchObject({ dialog: "prompt", value: "Ada" });
    answer(prompt.id, { kind: "accept", text: "Grace" });
    await saw("prompt").toBe("Grace");
    click(buttonPoint(1));
    answer((await tabs.client.next("ask")).id, null);
    await saw("prompt").toBe("null");
  });

  it("about a name and a password is asked again when they were wrong, and opens the page when right", async () => {
    tabs.client.open(1, { ticket: testTicket(`${tabs.site.origin}/vault`) });
    const first = await tabs.client.next("ask");
    expect(first.question).toEqual({
      kind: "credentials",
      origin: tabs.site.origin,
      realm: "The vault",
      wrong: false,
    });
    answer(first.id, { kind: "credentials", username: "ada", password: "wrong" });
    const second = await tabs.client.next("ask");
    expect(second.question).toMatchObject({ wrong: true });
    answer(second.id, { kind: "credentials", username: "ada", password: "byron" });
    expect(await tabs.client.next("state", ({ state }) => state.title === "Inside")).toBeDefined();
  });
});

describe("a window that a page opens", () => {
  it("is shown by its ticket, once, with its opener's reach", async () => {
    await open("/windows");
    click(buttonPoint(0));
    const popup = await tabs.client.next("popup");
    expect(popup).toMatchObject({ url: `${tabs.site.origin}/opened`, disposition: "tab" });
    tabs.client.open(2, { ticket: popup.ticket ?? "" });
    await tabs.client.next("opened", ({ tab }) => tab === 2);
    await tabs.client.next("state", ({ tab, state }) => tab === 2 && state.title === "Opened");
    for (const kind of ["move", "down", "up"] as const) mouse(kind, buttonPoint(0), 1, { tab: 2 });
    await saw("from window").toBe("hello");
    tabs.client.open(3, { ticket: popup.ticket ?? "" });
    expect(await tabs.client.next("ended")).toMatchObject({ tab: 3, why: "ticket-refused" });
  });

  it("is one for links pressed with Ctrl, and is stopped when nobody pressed anything", async () => {
    await open("/windows");
    click(buttonPoint(1), { modifiers: { ...NO_MODIFIERS, ctrl: true } });
    expect(await tabs.client.next("popup")).toMatchObject({ disposition: "background-tab" });
    tabs.client.open(2, { ticket: testTicket(`${tabs.site.origin}/windows?open`) });
    expect(await tabs.client.next("popup", ({ tab }) => tab === 2)).toMatchObject({
      ticket: null,
      blocked: true,
    });
  });
});
