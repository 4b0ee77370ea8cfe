import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

export interface SourceFile {
  /** From the root, with forward slashes. */
  path: string;
  text: string;
  imports: Import[];
}

export interface Import {
  /** As written. */
  specifier: string;
  /** The file it names, from the root; `null` for a package, an asset, or a file that is not there. */
  target: string | null;
}

const root = resolve(import.meta.dirname, "../..");
const GENERATED = "lib/server/db/generated/";
/** Biome formats every statement to begin its line, so prose and strings are not taken for imports. */
const PATTERNS = [
  /^(?:import|export)\b[^;"'`]*?\bfrom\s*["']([^"']+)["']/gm,
  /^import\s*["']([^"']+)["']/gm,
  // Dynamic imports, and types named in place.
  /\bimport\(\s*["']([^"']+)["']\s*\)/g,
  // Worker files.
  /\bnew URL\(\s*["'](\.{1,2}\/[^"']+\.tsx?)["']\s*,\s*import\.meta\.url\s*\)/g,
];

/** Every source file under the folders, and the single files, with what it imports, type imports included. */
export function readSourceFiles(...paths: string[]): SourceFile[] {
  return paths.flatMap(listFiles).map((path) => {
    const text = readFileSync(join(root, path), "utf8");
    return { path, text, imports: findImports(path, text) };
  });
}

export function findImports(path: string, text: string): Import[] {
  const specifiers = PATTERNS.flatMap((pattern) =>
    [...text.matchAll(pattern)].map(([, found = ""]) => found),
  );
  return [...new Set(specifiers)].map((specifier) => ({ specifier, target: resolveImport(path, specifier) }));
}

/** The groups of files that reach one another, each sorted; a graph without cycles has none (Tarjan, 1972). */
export function findCycles(files: readonly SourceFile[]): string[][] {
  const edges = new Map(
    files.map(({ path, imports }) => [path, imports.flatMap(({ target }) => (target ? [target] : []))]),
  );
  const order = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const onStack = new Set<string>();
  const cycles: string[][] = [];

  const visit = (path: string) => {
    const index = order.size;
    order.set(path, index);
    low.set(path, index);
    stack.push(path);
    onStack.add(path);
    for (const next of edges.get(path) ?? []) {
      if (!edges.has(next)) continue;
      if (!order.has(next)) {
        visit(next);
        low.set(path, Math.min(low.get(path) ?? 0, low.get(next) ?? 0));
      } else if (onStack.has(next)) {
        low.set(path, Math.min(low.get(path) ?? 0, order.get(next) ?? 0));
      }
    }
    if (low.get(path) !== index) return;
    const group: string[] = [];
    let member: string | undefined;
    do {
      member = stack.pop();
      if (member === undefined) break;
      onStack.delete(member);
      group.push(member);
    } while (member !== path);
    if (group.length > 1 || edges.get(path)?.includes(path)) cycles.push(group.sort());
  };
  for (const path of edges.keys()) if (!order.has(path)) visit(path);
  return cycles;
}

function resolveImport(from: string, specifier: string): string | null {
  const path = specifier.startsWith("#")
    ? specifier.slice(1)
    : specifier.startsWith(".")
      ? relative(root, resolve(root, dirname(from), specifier))
      : null;
  return path !== null && /\.tsx?$/.test(path) && existsSync(join(root, path)) ? path : null;
}

function listFiles(path: string): string[] {
  if (!existsSync(join(root, path))) return [];
  if (/\.tsx?$/.test(path)) return path.startsWith(GENERATED) || path.endsWith(".d.ts") ? [] : [path];
  if (/\.\w+$/.test(path)) return [];
  return readdirSync(join(root, path), { withFileTypes: true }).flatMap((entry) =>
    entry.isDirectory() || /\.tsx?$/.test(entry.name) ? listFiles(`${path}/${entry.name}`) : [],
  );
}
