import { spawn } from "node:child_process";
import { accessSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
];
const PATHS = [
  "/usr/bin/chromium",
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const RETRY_AFTER_MS = 24 * 60 * 60 * 1000;

export type ChromiumResult =
  | { status: "found" | "installed"; path: string }
  /** `reason` says why, and what a person can do. */
  | { status: "missing"; reason: string };

export interface ChromiumOptions {
  env: NodeJS.ProcessEnv;
  /** Remembers a failed installation, so that later starts do not wait for it again on the same day. */
  memoryFile: string;
  timeoutMs: number;
  onInstall?: (how: string) => void;
  signal?: AbortSignal;
}

/** Finds a Chromium, or installs one where that is possible. */
export async function ensureChromium(options: ChromiumOptions): Promise<ChromiumResult> {
  const found = await findChromium(options.env);
  if (found) return { status: "found", path: found };
  if (options.env.QUI_CHROMIUM) {
    return {
      status: "missing",
      reason: `QUI_CHROMIUM names ${options.env.QUI_CHROMIUM}, which cannot be run.`,
    };
  }
  const failed = readFailure(options.memoryFile);
  if (failed)
    return {
      status: "missing",
      reason: `${failed} (Tried lately; delete ${options.memoryFile} to try again now.)`,
    };

  const installed = await install(options);
  if (installed) {
    rmSync(options.memoryFile, { force: true });
    return { status: "installed", path: installed };
  }
  options.signal?.throwIfAborted();
  const reason = "Chromium could not be installed here. Install it yourself, or name one in QUI_CHROMIUM.";
  mkdirSync(dirname(options.memoryFile), { recursive: true });
  writeFileSync(options.memoryFile, JSON.stringify({ at: Date.now(), reason }));
  return { status: "missing", reason };
}

/** `QUI_CHROMIUM` alone when it is set; otherwise the PATH, the usual places, and Playwright's own. */
export async function findChromium(env: NodeJS.ProcessEnv): Promise<string | null> {
  if (env.QUI_CHROMIUM) return isExecutable(env.QUI_CHROMIUM) ? env.QUI_CHROMIUM : null;
  const onPath = (env.PATH ?? "")
    .split(delimiter)
    .flatMap((folder) => NAMES.map((name) => join(folder, name)));
  const candidates = [...onPath, ...PATHS];
  const { chromium } = await import("playwright-core");
  candidates.push(chromium.executablePath());
  return candidates.find(isExecutable) ?? null;
}

async function install(options: ChromiumOptions): Promise<string | null> {
  const end = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([end, options.signal]) : end;
  const isDebian = existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get");
  if (isDebian && process.getuid?.() === 0) {
    options.onInstall?.("apt-get install chromium");
    const env = { ...options.env, DEBIAN_FRONTEND: "noninteractive" };
    const packages = ["chromium", "fonts-noto-core", "fonts-noto-color-emoji"];
    await run("apt-get", ["update", "-qq"], env, signal);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], env, signal);
  } else {
    options.onInstall?.("playwright install chromium");
    const { createRequire } = await import("node:module");
    const playwright = createRequire(import.meta.url).resolve("playwright-core/package.json");
    await run(
      process.execPath,
      [join(dirname(playwright), "cli.js"), "install", "chromium"],
      options.env,
      signal,
    );
  }
  return findChromium(options.env);
}

/** Resolves however the program ends: what counts is whether the browser is there afterwards. */
function run(program: string, options: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, options, { env, stdio: ["ignore", "ignore", "inherit"], signal });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}

function readFailure(file: string): string | null {
  try {
    const { at, reason } = JSON.parse(readFileSync(file, "utf8"));
    return Date.now() - at < RETRY_AFTER_MS ? String(reason) : null;
  } catch {
    // Nothing failed so far.
    return null;
  }
}

function isExecutable(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
