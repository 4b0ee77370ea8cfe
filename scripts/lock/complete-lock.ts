/** An entry of `packages` in package-lock.json, as far as it matters here. */
export interface LockEntry {
  version?: string;
  dev?: boolean;
  devOptional?: boolean;
  license?: string;
  engines?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
}

type Packages = Record<string, LockEntry>;

const SYSTEMS = ["android", "darwin", "freebsd", "linux", "openharmony", "win32"];
const PROCESSORS: readonly (readonly [pattern: RegExp, cpu: string])[] = [
  [/wasm32/, "wasm32"],
  [/arm64/, "arm64"],
  [/arm/, "arm"],
  [/ia32/, "ia32"],
  [/ppc64/, "ppc64"],
  [/riscv64/, "riscv64"],
  [/s390x/, "s390x"],
];

/**
 * The entries that `npm ci` misses. npm leaves the packages of other platforms out of the lock when the registry it
 * asked does not have them (a mirror for one platform); from then on `npm ci` refuses the lock, on every platform. The
 * entries made here carry the exact version their package asks for, and no checksum: where such a package is really
 * installed, npm takes it from the registry it has.
 */
export function findMissingEntries(packages: Packages): Packages {
  const missing: Packages = {};
  for (const [path, entry] of Object.entries(packages)) {
    for (const [name, version] of Object.entries(entry.optionalDependencies ?? {})) {
      // Platform packages are asked for by exact version; a range is an optional package of another kind.
      if (!/^\d+\.\d+\.\d+(-[\w.]+)?$/.test(version)) continue;
      const found = resolvePackage(packages, path, name);
      if (found && packages[found]?.version === version) continue;
      const place = found ? `${path}/node_modules/${name}` : `node_modules/${name}`;
      const sibling = Object.keys(entry.optionalDependencies ?? {})
        .map((other) => packages[resolvePackage(packages, path, other) ?? ""])
        .find((other) => other?.license);
      missing[place] = {
        version,
        ...describePlatform(name),
        ...(entry.dev ? { dev: true } : {}),
        ...(entry.devOptional ? { devOptional: true } : {}),
        ...(sibling?.engines ? { engines: sibling.engines } : {}),
        ...(sibling?.license ? { license: sibling.license } : {}),
        optional: true,
      } as LockEntry;
    }
  }
  return missing;
}

/** Node's own look-up, over the paths of the lock: the nearest node_modules first. */
function resolvePackage(packages: Packages, from: string, name: string): string | null {
  for (let folder = from; ; folder = folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1))) {
    const path = folder ? `${folder}/node_modules/${name}` : `node_modules/${name}`;
    if (packages[path]) return path;
    if (!folder) return null;
  }
}

/** What the name tells: `@next/swc-linux-x64-musl` is for Linux, x64, musl. */
function describePlatform(name: string): { cpu: string[]; os?: string[]; libc?: string[] } {
  const tail = name.slice(name.indexOf("/") + 1);
  const cpu = PROCESSORS.find(([pattern]) => pattern.test(tail))?.[1] ?? "x64";
  const os = SYSTEMS.filter((system) => tail.includes(system));
  const libc = tail.includes("musl") ? ["musl"] : tail.includes("gnu") ? ["glibc"] : [];
  return { cpu: [cpu], ...(os.length > 0 ? { os } : {}), ...(libc.length > 0 ? { libc } : {}) };
}
