import { describe, expect, it } from "vitest";
import { acceptsFile } from "#lib/core/live/accepts-file.ts";
import { originLabel } from "#lib/core/live/origin-label.ts";
import { safeFileName } from "#lib/core/live/safe-file-name.ts";
import { findByTyping, nextEnabled } from "#lib/core/live/type-ahead.ts";

describe("a file's name", () => {
  it.each([
    ["../../etc/passwd", "_.._etc_passwd"],
    ["C:\\boot.ini", "C__boot.ini"],
    [".bashrc", "bashrc"],
    ["report\u202Efdp.exe", "reportfdp.exe"],
    ["a\u0000b\n.txt", "ab.txt"],
    ["con.txt", "_con.txt"],
    ["", "file"],
    ["...", "file"],
    ["Größe 1.pdf", "Größe 1.pdf"],
  ])("%j becomes %j", (given, expected) => {
    expect(safeFileName(given)).toBe(expected);
  });

  it("keeps its ending when it is cut", () => {
    const name = safeFileName(`${"x".repeat(500)}.tar`);
    expect(name).toHaveLength(120);
    expect(name.endsWith("x.tar")).toBe(true);
  });
});

describe("what a page accepts", () => {
  const photo = { name: "Photo.JPG", type: "image/jpeg" };
  it.each([
    ["", true],
    [".jpg", true],
    [" .png , image/* ", true],
    ["image/png", false],
    ["image/jpeg", true],
    [".pdf,text/*", false],
  ])("%j takes a photo: %s", (accept, expected) => {
    expect(acceptsFile(accept, photo)).toBe(expected);
  });
});

describe("a list", () => {
  const options = ["Amber", "Azure", "Beige", "Black", "Blue"].map((label) => ({
    label,
    disabled: label === "Beige",
  }));
  it("is walked by letters: one goes on to the next, several to the first that begins so", () => {
    expect(findByTyping(options, "a", 0)).toBe(1);
    expect(findByTyping(options, "aa", 1)).toBe(0);
    expect(findByTyping(options, "blu", 3)).toBe(4);
    expect(findByTyping(options, "b", 1)).toBe(3);
    expect(findByTyping(options, "x", 0)).toBeNull();
  });
  it("is walked by arrows past what cannot be chosen, and ends at its ends", () => {
    expect(nextEnabled(options, 1, 1)).toBe(3);
    expect(nextEnabled(options, 3, -1)).toBe(1);
    expect(nextEnabled(options, 4, 1)).toBe(4);
  });
});

it("whoever asks is named by scheme, host and port", () => {
  expect(originLabel("https://a.example:8443/path?q")).toBe("https://a.example:8443");
  expect(originLabel("blob:https://a.example/1-2")).toBe("https://a.example");
  expect(originLabel("about:blank")).toBe("this page");
});
