import { existsSync, lstatSync, readdirSync, readFileSync, realpathSync, statSync } from "node:fs";
import { join, relative, resolve } from "node:path";

export interface VercelFunction {
  /** As the output names it, without ".func". Functions that share their files have several names. */
  names: string[];
  /** Paths inside the function. */
  files: { path: string; bytes: number }[];
  bytes: number;
  maxDuration: number | undefined;
}

/** Every function of a build's output, with what it would hold once deployed. */
export function readVercelFunctions(output: string): VercelFunction[] {
  const project = resolve(output, "../..");
  const functions = join(output, "functions");
  const byFolder = new Map<string, string[]>();
  for (const folder of findFunctionFolders(functions)) {
    const real = realpathSync(folder);
    byFolder.set(real, [...(byFolder.get(real) ?? []), relative(functions, folder).replace(/\.func$/, "")]);
  }
  return [...byFolder].map(([folder, names]) => {
    const config = JSON.parse(readFileSync(join(folder, ".vc-config.json"), "utf8"));
    const mapped = Object.entries<string>(config.filePathMap ?? {}).map(([path, source]) => ({
      path,
      bytes: sizeOf(resolve(project, source)),
    }));
    const files = [
      ...mapped,
      ...listFiles(folder).map((path) => ({ path, bytes: sizeOf(join(folder, path)) })),
    ];
    const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
    return { names: names.sort(), files, bytes, maxDuration: config.maxDuration };
  });
}

function findFunctionFolders(folder: string): string[] {
  return readdirSync(folder).flatMap((name) => {
    const path = join(folder, name);
    if (name.endsWith(".func")) return [path];
    return statSync(path).isDirectory() ? findFunctionFolders(path) : [];
  });
}

function listFiles(folder: string, prefix = ""): string[] {
  return readdirSync(join(folder, prefix), { withFileTypes: true }).flatMap((entry) => {
    const path = prefix ? `${prefix}/${entry.name}` : entry.name;
    return entry.isDirectory() ? listFiles(folder, path) : [path];
  });
}

/** A link weighs nothing: what it points at is listed too. */
function sizeOf(path: string): number {
  if (!existsSync(path)) return 0;
  const status = lstatSync(path);
  return status.isFile() ? status.size : 0;
}
