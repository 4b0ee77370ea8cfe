import { describe, expect, it } from "vitest";
import { coversScripts } from "#lib/core/pwa/covers.ts";
import { isInstallMoment } from "#lib/core/pwa/install-moment.ts";
import { readLaunch } from "#lib/core/pwa/launch.ts";
import { savedMediaKey } from "#lib/core/pwa/media-key.ts";
import { sharedAddress } from "#lib/core/pwa/shared-address.ts";
import { isGatewayFailure, shellFor } from "#lib/core/pwa/shell.ts";
import manifest from "../../../app/manifest.ts";

const share = (fields: { url?: string; text?: string; title?: string }) =>
  sharedAddress({ url: null, text: null, title: null, ...fields });

describe("a share", () => {
  it("opens the address in its own field", () => {
    expect(share({ url: "https://example.org/a", text: "https://other.example/" })).toBe(
      "https://example.org/a",
    );
  });

  it.each([
    ["Look at this: https://example.org/a?b=c#d", "https://example.org/a?b=c#d"],
    ["(see https://example.org/a).", "https://example.org/a"],
    ["https://en.wikipedia.org/wiki/Quay_(harbour)", "https://en.wikipedia.org/wiki/Quay_(harbour)"],
    ["“https://example.org/a”", "https://example.org/a"],
    ["Read https://example.org/a, then https://example.org/b", "https://example.org/a"],
    ["A title\nhttps://example.org/a\nmore", "https://example.org/a"],
  ])("finds the address in %j", (text, address) => {
    expect(share({ text })).toBe(address);
  });

  it("searches for its words when it holds no address", () => {
    expect(share({ title: "ignored", text: "harbours  of the\nnorth" })).toBe("harbours of the north");
    expect(share({ title: "Only a title", text: " " })).toBe("Only a title");
  });

  it("asks for nothing when it is empty", () => {
    expect(share({})).toBeNull();
    expect(share({ url: "", text: "  " })).toBeNull();
  });

  it.each([
    ["web+qui:https://example.org/a", "https://example.org/a"],
    ["web+qui://https%3A%2F%2Fexample.org%2Fa", "https://example.org/a"],
    ["web+qui://example.org/a", "https://example.org/a"],
  ])("follows the protocol %s", (url, address) => {
    expect(share({ url })).toBe(address);
  });
});

describe("a launch", () => {
  const launch = (query: string) => readLaunch(new URL(`https://qui.example/space${query}`));

  it("opens addresses and runs only the commands of the icon's menu", () => {
    expect(launch("?url=https%3A%2F%2Fexample.org%2F")).toEqual({
      address: "https://example.org/",
      refused: null,
      command: null,
    });
    expect(launch("?do=reading-list")).toEqual({
      address: null,
      refused: null,
      command: "library.readingList",
    });
    expect(launch("?do=room").command).toBe("view.room");
    expect(launch("?do=library.undo").command).toBeNull();
    expect(launch("?do=constructor").command).toBeNull();
    expect(launch("")).toEqual({ address: null, refused: null, command: null });
  });

  it("never opens what Qui does not open", () => {
    expect(launch("?url=javascript%3Aalert(1)")).toMatchObject({
      address: null,
      refused: "javascript:alert(1)",
    });
  });
});

it("a saved picture has one key, whatever width is asked for", () => {
  const key = (path: string) => savedMediaKey(new URL(path, "https://qui.example"));
  expect(key("/api/media?u=aHR0%2Bw&s=x&w=960")).toBe("/api/media?u=aHR0%2Bw&s=x");
  expect(key("/api/media?u=aHR0%2Bw&s=x")).toBe("/api/media?u=aHR0%2Bw&s=x");
  expect(key("/api/media?u=a&w=320&s=x")).toBe("/api/media?u=a&s=x");
  expect(key("/api/pages?url=a&w=1")).toBeNull();
});

it("documents are kept for the landing page and the space alone", () => {
  expect(shellFor("/")).toBe("/?shell=1");
  expect(shellFor("/space")).toBe("/space?shell=1");
  expect(shellFor("/space/")).toBe("/space?shell=1");
  expect(shellFor("/admin")).toBeNull();
  expect(shellFor("/constructor")).toBeNull();
});

it("a server that answers, even with an error of its own, is heard", () => {
  expect([200, 404, 429, 500, 503].some(isGatewayFailure)).toBe(false);
  expect([502, 504].every(isGatewayFailure)).toBe(true);
});

it("a document is of a version when that holds all of its scripts", () => {
  const kept = new Set(["https://q/a.js", "https://q/b.js"]);
  expect(coversScripts(kept, ["https://q/a.js"])).toBe(true);
  expect(coversScripts(kept, ["https://q/a.js", "https://q/old.js"])).toBe(false);
  expect(coversScripts(kept, [])).toBe(false);
});

describe("installing is mentioned", () => {
  const DAY = 86_400_000;
  const signs = { installable: true, pagesRead: 0, savedPages: 0, offeredAt: null };

  it("to those for whom Qui has been of use", () => {
    expect(isInstallMoment(signs, 0)).toBe(false);
    expect(isInstallMoment({ ...signs, savedPages: 1 }, 0)).toBe(true);
    expect(isInstallMoment({ ...signs, pagesRead: 8 }, 0)).toBe(true);
  });

  it("not where it cannot be done, and not again for three months", () => {
    const used = { ...signs, savedPages: 3 };
    expect(isInstallMoment({ ...used, installable: false }, 0)).toBe(false);
    expect(isInstallMoment({ ...used, offeredAt: 10 * DAY }, 99 * DAY)).toBe(false);
    expect(isInstallMoment({ ...used, offeredAt: 10 * DAY }, 100 * DAY)).toBe(true);
  });
});

it("the manifest names every way in, and files that exist", async () => {
  const { existsSync, statSync } = await import("node:fs");
  const app = manifest();
  expect(app).toMatchObject({ id: "/", start_url: "/space", scope: "/", display: "standalone" });
  expect(app.share_target).toMatchObject({ action: "/space", method: "GET" });
  const icons = [...(app.icons ?? []), ...(app.shortcuts ?? []).flatMap(({ icons = [] }) => icons)];
  for (const { src } of icons) expect(statSync(`public${src}`).size, src).toBeLessThan(50_000);
  for (const { src } of app.screenshots ?? []) {
    expect(existsSync(`public${src}`), src).toBe(true);
    expect(statSync(`public${src}`).size, src).toBeLessThan(300_000);
  }
  const purposes = new Set((app.icons ?? []).map(({ purpose }) => purpose));
  expect(purposes).toEqual(new Set(["any", "maskable", "monochrome"]));
});
