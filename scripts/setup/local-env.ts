import { randomBytes } from "node:crypto";
import { chmodSync, existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { parseEnv } from "node:util";

const SECRETS = {
  QUI_SECRET: "Signs media addresses and tokens.",
  METRICS_TOKEN: "The bearer token of /api/metrics.",
  CRON_SECRET: "The bearer token of /api/cron/*.",
  QUI_PROFILE_KEY: "Seals the profiles of live pages. Without it those kept so far cannot be read.",
} as const;

const HEADER = "# Made for this machine; not for the repository. See .env.example for every setting.\n";

/**
 * Adds the secrets that `file` lacks, fresh and random. What it holds already is kept byte for byte, and what
 * `given` (the process's environment) sets needs no place in it.
 * @returns the names added.
 */
export function ensureLocalEnv(file: string, given: Record<string, string | undefined>): string[] {
  const text = existsSync(file) ? readFileSync(file, "utf8") : "";
  const present = parseEnv(text);
  const missing = Object.entries(SECRETS).filter(([name]) => !given[name] && !(name in present));
  if (missing.length > 0) {
    const lines = missing.map(
      ([name, use]) => `# ${use}\n${name}=${randomBytes(32).toString("base64url")}\n`,
    );
    const start = text === "" ? HEADER : text.endsWith("\n") ? text : `${text}\n`;
    const partial = `${file}.${process.pid}`;
    writeFileSync(partial, `${start}${lines.join("")}`, { mode: 0o600 });
    renameSync(partial, file);
  }
  if (existsSync(file)) chmodSync(file, 0o600);
  return missing.map(([name]) => name);
}
