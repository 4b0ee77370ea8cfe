import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { chownSync, existsSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { giveFolder, type PostgresHome } from "./home.ts";

export const POSTGRES_USER = "qui";

/** The server needs nothing of our own environment, least of all its secrets. */
export const SERVER_ENV: NodeJS.ProcessEnv = {
  NODE_ENV: "production",
  PATH: process.env.PATH,
  LC_ALL: "C",
  TZ: "UTC",
};

/** What is kept between starts, in a file only we can read. */
export interface ClusterSettings {
  port: number | null;
  password: string;
}

export function readClusterSettings(file: string): ClusterSettings | null {
  try {
    const { port, password } = JSON.parse(readFileSync(file, "utf8"));
    if (typeof password !== "string") return null;
    return { password, port: Number.isInteger(port) ? port : null };
  } catch {
    // Missing or cut short: the caller begins anew.
    return null;
  }
}

/** `dataDir` is for people: where to look, and what to back up. */
export function writeClusterSettings(file: string, settings: ClusterSettings & { dataDir: string }): void {
  const partial = `${file}.${process.pid}`;
  writeFileSync(partial, `${JSON.stringify(settings, null, 2)}\n`, { mode: 0o600 });
  renameSync(partial, file);
}

export function newPassword(): string {
  return randomBytes(24).toString("base64url");
}

/**
 * Makes the cluster's files unless they are there. They are made beside and renamed, so an interrupted
 * `initdb` leaves nothing that looks like a cluster.
 */
export function initialiseCluster(home: PostgresHome, password: string): void {
  if (existsSync(join(home.dataDir, "PG_VERSION"))) return;
  const partial = `${home.dataDir}.new`;
  rmSync(partial, { recursive: true, force: true });
  rmSync(home.dataDir, { recursive: true, force: true });
  giveFolder(dirname(partial), null);
  giveFolder(partial, home.owner);
  const passwordFile = `${home.dataDir}.password`;
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  if (home.owner) chownSync(passwordFile, home.owner.uid, home.owner.gid);
  try {
    run(home, "initdb", [
      `--pgdata=${partial}`,
      `--username=${POSTGRES_USER}`,
      `--pwfile=${passwordFile}`,
      "--auth=scram-sha-256",
      "--encoding=UTF8",
      // The same order and case rules on every machine, whatever locales it has.
      "--locale=C",
      "--locale-provider=builtin",
      "--builtin-locale=C.UTF-8",
      "--no-instructions",
    ]);
  } finally {
    rmSync(passwordFile, { force: true });
  }
  renameSync(partial, home.dataDir);
}

/** Sets the password of a cluster whose settings were lost, in PostgreSQL's single-user mode. The cluster must be down. */
export function resetPassword(home: PostgresHome, password: string): void {
  run(
    home,
    "postgres",
    ["--single", "-D", home.dataDir, "postgres"],
    `ALTER ROLE ${POSTGRES_USER} PASSWORD '${password}'\n`,
  );
}

/** @throws when the files were made by another major version, which these programs cannot read. */
export function assertClusterVersion(home: PostgresHome): void {
  const made = readFileSync(join(home.dataDir, "PG_VERSION"), "utf8").trim();
  const output = execFileSync(join(home.binDir, "postgres"), ["--version"], {
    encoding: "utf8",
    ...home.owner,
    cwd: "/",
  });
  const own = /\d+/.exec(output)?.[0];
  if (made === own) return;
  throw new Error(
    `The database in ${home.dataDir} was made by PostgreSQL ${made}, but this is ${own}. ` +
      "Move the folder away to begin with an empty database, or set DATABASE_URL.",
  );
}

function run(home: PostgresHome, program: string, options: string[], input?: string): void {
  execFileSync(join(home.binDir, program), options, {
    ...home.owner,
    cwd: "/",
    env: SERVER_ENV,
    stdio: ["pipe", "pipe", "pipe"],
    timeout: 120_000,
    ...(input === undefined ? {} : { input }),
  });
}
