import { accessSync, constants, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { delimiter, dirname, join } from "node:path";
import { chromium } from "playwright-core";
import { installChromium } from "./install-chromium.ts";

const NAMES = [
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
];
const USUAL_PLACES = [
  "/usr/bin/chromium",
  "/usr/lib/chromium/chromium",
  "/snap/bin/chromium",
  "/opt/google/chrome/chrome",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
];
const TRY_AGAIN_AFTER_MS = 24 * 60 * 60 * 1000;

export type ChromiumResult =
  | { status: "found" | "installed"; path: string }
  /** `reason` says why, and what a person can do. */
  | { status: "missing"; reason: string };

export interface ChromiumOptions {
  env: NodeJS.ProcessEnv;
  /** Remembers a failed installation, so that later starts do not wait for it again on the same day. */
  memoryFile: string;
  /** For the whole installation. */
  timeoutMs: number;
  onInstall: (how: string) => void;
  signal?: AbortSignal | undefined;
  /** Where to look besides the PATH. */
  places?: readonly string[];
  install?: typeof installChromium;
}

/** Finds a Chromium, or installs one where that is possible. `QUI_CHROMIUM` alone counts when it is set. */
export async function ensureChromium(options: ChromiumOptions): Promise<ChromiumResult> {
  const {
    env,
    memoryFile,
    places = [...USUAL_PLACES, chromium.executablePath()],
    install = installChromium,
  } = options;
  if (env.QUI_CHROMIUM) {
    return isExecutable(env.QUI_CHROMIUM)
      ? { status: "found", path: env.QUI_CHROMIUM }
      : { status: "missing", reason: `QUI_CHROMIUM names ${env.QUI_CHROMIUM}, which cannot be run.` };
  }
  const found = findChromium(env, places);
  if (found) return { status: "found", path: found };
  const failed = readFailure(memoryFile);
  if (failed) {
    return {
      status: "missing",
      reason: `${failed} (Tried within the last day; delete ${memoryFile} to try again.)`,
    };
  }

  const end = AbortSignal.timeout(options.timeoutMs);
  const signal = options.signal ? AbortSignal.any([end, options.signal]) : end;
  await install({ env, signal, onInstall: options.onInstall });
  const installed = findChromium(env, places);
  if (installed) {
    rmSync(memoryFile, { force: true });
    return { status: "installed", path: installed };
  }
  // Ended by a person, it has not failed.
  options.signal?.throwIfAborted();
  const reason = "Chromium could not be installed here. Install it yourself, or name one in QUI_CHROMIUM.";
  mkdirSync(dirname(memoryFile), { recursive: true });
  writeFileSync(memoryFile, JSON.stringify({ at: Date.now(), reason }));
  return { status: "missing", reason };
}

function findChromium(env: NodeJS.ProcessEnv, places: readonly string[]): string | null {
  const folders = (env.PATH ?? "").split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => NAMES.map((name) => join(folder, name)));
  return [...onPath, ...places].find(isExecutable) ?? null;
}

function readFailure(file: string): string | null {
  try {
    const { at, reason } = JSON.parse(readFileSync(file, "utf8"));
    return Date.now() - at < TRY_AGAIN_AFTER_MS ? String(reason) : null;
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
