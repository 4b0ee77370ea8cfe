import { describe, expect, it } from "vitest";
import { findSceneChunks } from "#lib/core/pwa/scene-chunks.ts";

const load = (...names: string[]) =>
  `v(t=>Promise.all([${names.map((name) => `"static/chunks/${name}.js"`).join(",")}].map(t=>e.l(t))))`;
const build = (files: Record<string, string>) =>
  new Map(Object.entries(files).map(([name, text]) => [`static/chunks/${name}.js`, text]));

describe("the scripts only the room needs", () => {
  it("are those that come with the 3D engine, and theirs in turn", () => {
    const chunks = build({
      main: `${load("dialog", "shared")} ${load("three", "room", "shared")}`,
      dialog: "",
      shared: "",
      three: '"THREE.WebGLRenderer: lost"',
      room: load("keyboard", "shared"),
      keyboard: "",
    });
    expect([...findSceneChunks(chunks)].sort()).toEqual([
      "static/chunks/keyboard.js",
      "static/chunks/room.js",
      "static/chunks/three.js",
    ]);
  });

  it("are none in a build without a 3D engine", () => {
    expect(findSceneChunks(build({ main: load("dialog"), dialog: "" })).size).toBe(0);
  });

  it("leave out what another part needs too", () => {
    const chunks = build({
      main: `${load("three", "find")} ${load("find")}`,
      three: "#include <common>",
      find: "",
    });
    expect([...findSceneChunks(chunks)]).toEqual(["static/chunks/three.js"]);
  });
});
