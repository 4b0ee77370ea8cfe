import { mkdirSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveTabEvent } from "#lib/protocol/live-server-message.ts";
import { decideRecycle } from "#services/live/browser/decide-recycle.ts";
import { chooseUnseen, decideAdmission, type NodeLoad } from "#services/live/node/decide-admission.ts";
import { createKeptForms } from "#services/live/node/kept-forms.ts";
import { createResumeKeys } from "#services/live/node/resume-keys.ts";
import { createWaitingLine } from "#services/live/node/waiting-line.ts";
import { ownTempFolder } from "#services/live/process/own-temp-folder.ts";
import { createConnectionCounter } from "#services/live/socket/connection-limits.ts";
import { createFloodGate } from "#services/live/socket/flood-gate.ts";
import { createBacklogWatch } from "#services/live/socket/watch-backlog.ts";
import { createTabLink, type TabClient } from "#services/live/tab/tab-link.ts";
import { watchIdleness } from "#services/live/tab/watch-idleness.ts";

describe("who is admitted", () => {
  const free: NodeLoad = {
    tabs: 2,
    tabsMax: 4,
    waiting: 0,
    ownTabs: 0,
    ownTabsMax: 2,
    freeBytes: 500,
    freeBytesMin: 100,
    stopping: false,
  };
  const cases: [what: string, change: Partial<NodeLoad>, expected: object][] = [
    ["a node with places opens", {}, { kind: "open" }],
    ["the last place is given", { tabs: 3 }, { kind: "open" }],
    ["a full node lets wait", { tabs: 4 }, { kind: "wait" }],
    ["nobody passes those who wait", { waiting: 1 }, { kind: "wait" }],
    ["short memory lets wait", { freeBytes: 99 }, { kind: "wait" }],
    ["a node without tabs takes one whatever its memory", { tabs: 0, freeBytes: 0 }, { kind: "open" }],
    ["an account has its number of tabs", { ownTabs: 2 }, { kind: "refuse", why: "too-many-tabs" }],
    ["a stopping node takes none", { stopping: true }, { kind: "refuse", why: "node-stopping" }],
  ];
  it.each(cases)("%s", (_, change, expected) => {
    expect(decideAdmission({ ...free, ...change })).toEqual(expected);
  });
});

it("what was out of sight longest makes room, and nothing that may be seen", () => {
  const seen = { unseenSinceMs: null };
  const [first, later] = [{ unseenSinceMs: 10 }, { unseenSinceMs: 20 }];
  expect(chooseUnseen([seen, later, first])).toBe(first);
  expect(chooseUnseen([seen, later, seen])).toBe(later);
  expect(chooseUnseen([seen])).toBeNull();
});

describe("the waiting line", () => {
  it("keeps the order, bounds its length and tells exactly those whose place changed", () => {
    const told: string[] = [];
    const line = createWaitingLine<string>(3, (who, place) => told.push(`${who} ${place}`));
    expect(["a", "b", "c", "d"].map(line.join)).toEqual([true, true, true, false]);
    line.leave("b");
    line.leave("nobody");
    expect(told.splice(0)).toEqual(["a 1", "b 2", "c 3", "c 2"]);
    expect(line.next()).toBe("a");
    expect(told).toEqual(["c 1"]);
    expect([...line]).toEqual(["c"]);
    expect([line.next(), line.next()]).toEqual(["c", undefined]);
  });
});

it("a resume key works once, the newest alone, and not after it was revoked", () => {
  const keys = createResumeKeys<object>();
  const [one, two] = [{}, {}];
  const old = keys.issue(one);
  const key = keys.issue(one);
  const other = keys.issue(two);
  expect(Buffer.from(key, "base64url")).toHaveLength(32);
  expect(keys.redeem(old)).toBeNull();
  expect(keys.redeem(key)).toBe(one);
  expect(keys.redeem(key)).toBeNull();
  keys.revoke(two);
  expect(keys.redeem(other)).toBeNull();
});

it("what was typed is given once, for an hour, to its account alone; of too many the oldest goes", () => {
  vi.useFakeTimers();
  const forms = createKeptForms();
  const form = { url: "https://site.example/", fields: [{ key: "input/text/name/0", values: ["Ada"] }] };
  for (const digest of ["a", "b"]) forms.keep(digest, { account: "ada", form });
  expect(forms.take("a", "eve")).toBeNull();
  expect(forms.take("a", "ada")).toEqual(form);
  expect(forms.take("a", "ada")).toBeNull();
  vi.advanceTimersByTime(60 * 60_000);
  expect(forms.take("b", "ada")).toBeNull();
  for (let kept = 0; kept <= 200; kept += 1) forms.keep(`${kept}`, { account: "ada", form });
  expect(forms.take("0", "ada")).toBeNull();
  expect(forms.take("1", "ada")).toEqual(form);
  vi.useRealTimers();
});

describe("the flood gate", () => {
  const modifiers = { alt: false, ctrl: false, meta: false, shift: false };
  const move: LiveClientMessage = {
    type: "mouse",
    tab: 1,
    kind: "move",
    x: 1,
    y: 1,
    button: "none",
    buttons: 0,
    clicks: 0,
    modifiers,
  };
  const count = (times: number, verdict: () => string) => {
    const found: Record<string, number> = {};
    for (let n = 0; n < times; n++) {
      const given = verdict();
      found[given] = (found[given] ?? 0) + 1;
    }
    return found;
  };

  it("passes what a fast person causes, for as long as it lasts", () => {
    let now = 0;
    const gate = createFloodGate(() => now);
    const verdicts = new Set<string>();
    // Half a minute of a mouse with 250 reports a second, 60 drawn frames and ten keys.
    for (; now < 30_000; now += 4) {
      verdicts.add(gate.admitBytes(200)).add(gate.admit(move));
      if (now % 16 === 0)
        verdicts.add(gate.admitBytes(60)).add(gate.admit({ type: "drawn", tab: 1, frame: 1, drawMs: 1 }));
      if (now % 100 === 0)
        verdicts.add(gate.admitBytes(90)).add(gate.admit({ type: "text", tab: 1, text: "a" }));
    }
    expect([...verdicts]).toEqual(["pass"]);
  });

  it("drops moves before it ends a connection, and lets a click through between", () => {
    const gate = createFloodGate(() => 0);
    for (let n = 0; n < 1_200; n++) gate.admitBytes(100);
    expect(gate.admit(move)).toBe("drop");
    expect(gate.admit({ ...move, kind: "down" })).toBe("pass");
  });

  it("ends a connection that types faster than anybody, sends too many messages or too many bytes", () => {
    const typed = createFloodGate(() => 0);
    expect(count(1_100, () => typed.admit({ type: "text", tab: 1, text: "a" }))).toHaveProperty("flooded");
    const chatty = createFloodGate(() => 0);
    expect(count(2_100, () => chatty.admitBytes(1))).toHaveProperty("flooded");
    const heavy = createFloodGate(() => 0);
    expect(count(20, () => heavy.admitBytes(1024 * 1024))).toHaveProperty("flooded");
  });
});

it("connections are counted in all, for each household, and apart while they are unknown", () => {
  const counter = createConnectionCounter({ total: 4, perAddress: 3, unknown: 3, unknownPerAddress: 2 });
  const [one, two] = [counter.enter("2001:db8::1"), counter.enter("2001:db8::2")];
  expect(counter.enter("2001:db8::3")).toBeNull();
  one?.known();
  const three = counter.enter("2001:db8::3");
  expect(three).not.toBeNull();
  three?.known();
  expect(counter.enter("2001:db8::4")).toBeNull();
  expect(counter.enter("192.0.2.1")).not.toBeNull();
  expect(counter.enter("192.0.2.2")).toBeNull();
  for (const connection of [one, one, two, three]) connection?.closed();
  expect(counter.total).toBe(1);
});

it("a backlog is too much at once, or high without a pause for too long", () => {
  const watch = createBacklogWatch({ bytesMax: 100, bytesHigh: 10, highMs: 1_000 });
  expect([watch.isTooMuch(11, 0), watch.isTooMuch(5, 900), watch.isTooMuch(11, 1_100)]).toEqual([
    false,
    false,
    false,
  ]);
  expect(watch.isTooMuch(11, 2_100)).toBe(true);
  expect(createBacklogWatch({ bytesMax: 100, bytesHigh: 10, highMs: 1_000 }).isTooMuch(101, 0)).toBe(true);
});

it("a browser is replaced by age or by what it has made, whichever comes first", () => {
  const limits = { contextsMax: 10, minutesMax: 60 };
  expect(decideRecycle({ startedAtMs: 0 }, 9, limits, 59 * 60_000)).toBe(false);
  expect(decideRecycle({ startedAtMs: 0 }, 10, limits, 0)).toBe(true);
  expect(decideRecycle({ startedAtMs: 0 }, 0, limits, 60 * 60_000)).toBe(true);
});

describe("a tab out of sight", () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it("is frozen, then closed; each use begins anew, and being hidden twice does not", () => {
    const done: string[] = [];
    const idle = watchIdleness(
      { freezeMs: 100, closeMs: 300 },
      { freeze: () => done.push("freeze"), thaw: () => done.push("thaw"), close: () => done.push("close") },
    );
    idle.hidden();
    vi.advanceTimersByTime(99);
    idle.used();
    vi.advanceTimersByTime(1_000);
    expect(done).toEqual([]);
    idle.hidden();
    vi.advanceTimersByTime(60);
    idle.hidden();
    vi.advanceTimersByTime(40);
    expect(done).toEqual(["freeze"]);
    idle.used();
    expect(done).toEqual(["freeze", "thaw"]);
    idle.hidden();
    vi.advanceTimersByTime(299);
    expect(done).toEqual(["freeze", "thaw", "freeze"]);
    vi.advanceTimersByTime(1);
    expect(done).toEqual(["freeze", "thaw", "freeze", "close"]);
  });
});

it("a client that comes back is told the whole state, open questions and what it missed, once", () => {
  const heard: LiveTabEvent[] = [];
  const client: TabClient = {
    emit: (event) => heard.push(event),
    sendFrame() {},
    sendSound() {},
    backlogBytes: () => 7,
  };
  const link = createTabLink();
  const opened = { type: "opened", sandboxed: true } as const;
  const ask = {
    type: "ask",
    id: 1,
    question: { kind: "permission", origin: "a", permission: "geolocation" },
  } as const;
  link.attach(client, opened);
  link.emit({ type: "state", state: { url: "a", title: "one" } });
  link.emit({ type: "clipboard", text: "heard already", html: "" });
  link.emit(ask);
  link.emit({ ...ask, id: 2 });
  link.detach();
  expect(link.backlogBytes()).toBe(0);
  link.emit({ type: "state", state: { title: "two" } });
  link.emit({ type: "asked", id: 2 });
  link.emit({ type: "cursor", cursor: "text" });
  link.emit({ type: "cursor", cursor: "pointer" });
  const popup = { type: "popup", url: "b", ticket: null, disposition: "tab" } as const;
  link.emit(popup);
  heard.length = 0;
  link.attach(client, opened);
  expect(heard).toEqual([
    opened,
    { type: "state", state: { url: "a", title: "two" } },
    { type: "cursor", cursor: "pointer" },
    ask,
    popup,
  ]);
  heard.length = 0;
  link.attach(client, opened);
  expect(heard).not.toContainEqual(popup);
});

it("a node's folder goes with it; those of nodes that were killed go with the next, those of others stay", () => {
  const parent = mkdtempSync(join(tmpdir(), "qui-parent-"));
  const put = (name: string, owner?: object) => {
    mkdirSync(join(parent, name));
    if (owner) writeFileSync(join(parent, name, "owner"), JSON.stringify(owner));
  };
  const living = ownTempFolder(parent);
  put("qui-live-killed", { pid: process.pid, started: "earlier" });
  put("qui-live-young");
  put("qui-live-abandoned");
  put("another-program");
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(join(parent, "qui-live-abandoned"), longAgo, longAgo);
  const own = ownTempFolder(parent);
  const left = () =>
    readdirSync(parent)
      .map((name) => join(parent, name))
      .sort();
  const others = ["another-program", "qui-live-young"].map((name) => join(parent, name));
  expect(left()).toEqual([...others, living.path, own.path].sort());
  writeFileSync(join(own.path, "profile"), "");
  own.remove();
  expect(left()).toEqual([...others, living.path].sort());
  rmSync(parent, { recursive: true });
});
