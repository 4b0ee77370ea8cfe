import { describe, expect, it } from "vitest";
import { findCycles, findImports, readSourceFiles, type SourceFile } from "./architecture/import-graph.ts";

const files = readSourceFiles(
  "app",
  "components",
  "lib",
  "services",
  "proxy.ts",
  "instrumentation.ts",
  "next.config.ts",
);

/** What each layer may import, itself included. Everything not named here may import everything. */
const ALLOWED: Record<string, readonly string[]> = {
  "lib/protocol": ["lib/protocol"],
  "lib/core": ["lib/protocol", "lib/core"],
  "lib/client": ["lib/protocol", "lib/core", "lib/client"],
  "lib/node": ["lib/protocol", "lib/core", "lib/node"],
  "lib/server": ["lib/protocol", "lib/core", "lib/node", "lib/server"],
  "lib/actions": ["lib/protocol", "lib/core", "lib/node", "lib/server", "lib/actions"],
  components: ["lib/protocol", "lib/core", "lib/client", "lib/actions", "components"],
  services: ["lib/protocol", "lib/core", "lib/node", "services"],
};
const LAYERS = [...Object.keys(ALLOWED), "app"];

const layerOf = (path: string) => LAYERS.find((layer) => path.startsWith(`${layer}/`)) ?? path;
const inLayer = (...layers: string[]) => files.filter(({ path }) => layers.includes(layerOf(path)));
/** `file → import` for every import that breaks a rule. */
const breaches = (from: readonly SourceFile[], breaks: (found: SourceFile["imports"][number]) => boolean) =>
  from.flatMap(({ path, imports }) =>
    imports.filter(breaks).map(({ specifier }) => `${path} → ${specifier}`),
  );
const packageOf = (specifier: string) => (/^[#.]/.test(specifier) ? null : specifier);
const isOneOf = (specifier: string, names: readonly string[]) =>
  names.some((name) => specifier === name || specifier.startsWith(name.endsWith(":") ? name : `${name}/`));

const SCENE = ["three", "@react-three", "@pmndrs"];
const FRAMEWORKS = ["next", "react", "react-dom", "server-only"];

describe("dependencies", () => {
  it("are read from every layer", () => {
    for (const layer of [
      "lib/protocol",
      "lib/core",
      "lib/client",
      "lib/node",
      "lib/server",
      "components",
      "services",
      "app",
    ]) {
      expect(inLayer(layer).length, layer).toBeGreaterThan(0);
    }
    expect(files.flatMap(({ imports }) => imports).length).toBeGreaterThan(files.length);
  });

  it.each(Object.entries(ALLOWED))("of %s point one way", (layer, allowed) => {
    expect(
      breaches(inLayer(layer), ({ target }) => target !== null && !allowed.includes(layerOf(target))),
    ).toEqual([]);
  });

  it("have no cycles, types included", () => {
    expect(findCycles(files)).toEqual([]);
  });

  it("inside the project are named by `#` and the file's extension, and exist", () => {
    const isAsset = (specifier: string) => /\.(css|json|svg|png|woff2)$/.test(specifier);
    expect(
      breaches(inLayer("app", ...Object.keys(ALLOWED)), ({ specifier, target }) => {
        if (packageOf(specifier) || isAsset(specifier) || specifier.includes("/generated/")) return false;
        // A worker's file is named beside the file that starts it, as bundlers want it.
        return target === null || (specifier.startsWith(".") && !specifier.endsWith(".worker.ts"));
      }),
    ).toEqual([]);
  });
});

describe("packages", () => {
  it("of lib/protocol are zod alone", () => {
    const isOther = (specifier: string) => packageOf(specifier) !== null && specifier !== "zod";
    expect(breaches(inLayer("lib/protocol"), ({ specifier }) => isOther(specifier))).toEqual([]);
  });

  it("of lib/core do no I/O and are no framework", () => {
    const forbidden = [
      ...FRAMEWORKS,
      ...SCENE,
      "node:",
      "pg",
      "redis",
      "undici",
      "pino",
      "@prisma",
      "@upstash",
    ];
    expect(breaches(inLayer("lib/core"), ({ specifier }) => isOneOf(specifier, forbidden))).toEqual([]);
  });

  it("of the scene stay in the room, which the flat view reaches by one dynamic import only", () => {
    const isRoom = (path: string) => /^(?:components\/room|lib\/client\/(?:xr|surface))\//.test(path);
    const flat = files.filter(({ path }) => !isRoom(path));
    expect(breaches(flat, ({ specifier }) => isOneOf(specifier, SCENE))).toEqual([]);
    expect(breaches(flat, ({ target }) => target !== null && isRoom(target))).toEqual([
      "components/browse/slots.tsx → #components/room/room.tsx",
    ]);
    const slots = flat.find(({ path }) => path === "components/browse/slots.tsx");
    expect(slots?.text).toContain('import("#components/room/room.tsx")');
  });

  it("of lib/client are none of Node's own", () => {
    expect(
      breaches(inLayer("lib/client", "components"), ({ specifier }) =>
        isOneOf(specifier, ["node:", "server-only"]),
      ),
    ).toEqual([]);
  });

  it("of lib/node and the services are no framework", () => {
    expect(
      breaches(inLayer("lib/node", "services"), ({ specifier }) => isOneOf(specifier, FRAMEWORKS)),
    ).toEqual([]);
  });

  it("of Prisma stay in lib/server", () => {
    const isPrisma = (specifier: string) =>
      isOneOf(specifier, ["@prisma"]) || specifier.includes("lib/server/db/generated");
    const others = files.filter(({ path }) => layerOf(path) !== "lib/server");
    expect(breaches(others, ({ specifier }) => isPrisma(specifier))).toEqual([]);
  });
});

describe("files", () => {
  const withText = (from: readonly SourceFile[], pattern: RegExp) =>
    from.filter(({ text }) => pattern.test(text)).map(({ path }) => path);
  /** Without comments, and without the text of strings, in which a word is only a word. */
  const code = (from: readonly SourceFile[]) =>
    from.map((file) => ({
      ...file,
      text: file.text.replace(
        /\/\*[\s\S]*?\*\/|^\s*\/\/.*$|"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|`(?:[^`\\]|\\.)*`/gm,
        "",
      ),
    }));

  it("of lib/server begin with the server's mark", () => {
    const unmarked = inLayer("lib/server").filter(({ text }) => !text.startsWith('import "server-only";\n'));
    expect(unmarked.map(({ path }) => path)).toEqual([]);
  });

  it("of lib/actions begin with the mark of server actions", () => {
    const unmarked = inLayer("lib/actions").filter(({ text }) => !text.startsWith('"use server";\n'));
    expect(unmarked.map(({ path }) => path)).toEqual([]);
  });

  it("read the environment in one place", () => {
    const places = ["lib/node/env.ts", "next.config.ts"];
    const readers = code(files).map((file) => ({
      ...file,
      // Known when the app is built, so no setting of the server.
      text: file.text.replaceAll(/process\.env\.(NEXT_RUNTIME|NODE_ENV|QUI_DIST_DIR)\b/g, ""),
    }));
    expect(
      withText(readers, /\bprocess\.env\b|\bimport\.meta\.env\b/).filter((path) => !places.includes(path)),
    ).toEqual([]);
  });

  it("build the database client in one place", () => {
    expect(withText(code(files), /\bnew PrismaClient\b/)).toEqual(["lib/server/db/client.ts"]);
  });

  it("of lib/protocol and lib/core reach for nothing outside", () => {
    const reaches =
      /\bfetch\(|\bprocess\.|\blocalStorage\b|\bindexedDB\b|\bdocument\.(?:body|cookie|querySelector|getElement)|\bwindow\./;
    expect(withText(code(inLayer("lib/protocol", "lib/core")), reaches)).toEqual([]);
  });

  it("pass nothing on: no barrels", () => {
    expect(withText(files, /^export\b[^;"'`=]*?\bfrom\s*["']/m)).toEqual([]);
    expect(files.filter(({ path }) => /\/index\.tsx?$/.test(path)).map(({ path }) => path)).toEqual([]);
  });
});

describe("the import graph itself", () => {
  const specifiers = (text: string) =>
    findImports("lib/core/made-up.ts", text).map(({ specifier }) => specifier);

  it.each([
    ["a value", 'import { a } from "#lib/core/a.ts";'],
    ["a type", 'import type { A } from "#lib/core/a.ts";'],
    ["several lines", 'import {\n  a,\n  type B,\n} from "#lib/core/a.ts";'],
    ["an effect", 'import "#lib/core/a.ts";'],
    ["a re-export", 'export { a } from "#lib/core/a.ts";'],
    ["a dynamic import", 'const a = await import("#lib/core/a.ts");'],
    ["a type in place", 'let a: import("#lib/core/a.ts").A;'],
  ])("sees %s", (_, text) => {
    expect(specifiers(text)).toEqual(["#lib/core/a.ts"]);
  });

  it("sees a worker's file", () => {
    expect(specifiers('new Worker(new URL("./a.worker.ts", import.meta.url))')).toEqual(["./a.worker.ts"]);
  });

  it("takes no prose for an import", () => {
    expect(specifiers('// import { a } from "b"\n * import a from "b"\nconst text = "x from";')).toEqual([]);
  });

  it("finds a cycle over several files, and only its members", () => {
    const file = (path: string, target: string): SourceFile => ({
      path,
      text: "",
      imports: [{ specifier: target, target }],
    });
    expect(findCycles([file("a", "b"), file("b", "c"), file("c", "b"), file("d", "a")])).toEqual([
      ["b", "c"],
    ]);
    expect(findCycles([file("a", "b"), file("b", "c")])).toEqual([]);
    expect(findCycles([file("a", "a")])).toEqual([["a"]]);
  });
});
