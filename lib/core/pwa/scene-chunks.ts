/** What a build of three.js holds under any minifier: the prefix of its warnings, names of its shader chunks. */
const SCENE = /THREE\.WebGLRenderer|#include <common>/;
/** One dynamic import, as Turbopack writes it: the files it needs, in one list. */
const GROUP = /\[((?:"static\/chunks\/[^"]+",?)+)\]/g;
const FILE = /"(static\/chunks\/[^"]+)"/g;

/** In the list of the service worker: kept once it was used, not fetched ahead. */
export const ON_DEMAND = "on demand";

/**
 * Which scripts of a build only the room needs: those that cannot be reached from
 * any first screen without the imports that bring the 3D engine. Keys are paths as
 * the build's own lists name them (`static/chunks/…`), values the files' text. A
 * build without a 3D engine, or one written otherwise, has none: then all are kept.
 */
export function findSceneChunks(chunks: ReadonlyMap<string, string>): Set<string> {
  const groups = new Map([...chunks].map(([name, text]) => [name, readGroups(text)]));
  const isScene = (name: string): boolean => SCENE.test(chunks.get(name) ?? "");
  const imported = new Set([...groups.values()].flat(2));
  const reached = new Set<string>();
  const open = [...chunks.keys()].filter((name) => !imported.has(name));
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (reached.has(name)) continue;
    reached.add(name);
    for (const group of groups.get(name) ?? []) if (!group.some(isScene)) open.push(...group);
  }
  return new Set([...chunks.keys()].filter((name) => !reached.has(name)));
}

function readGroups(text: string): string[][] {
  return [...text.matchAll(GROUP)].map(([, list = ""]) =>
    [...list.matchAll(FILE)].map(([, name = ""]) => name),
  );
}
