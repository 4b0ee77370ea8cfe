import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

export interface InstallOptions {
  env: NodeJS.ProcessEnv;
  /** Ends what is under way. */
  signal: AbortSignal;
  /** Told what is about to run, before it does. */
  onInstall: (how: string) => void;
}

/**
 * Installs Chromium by Debian's package, or by Playwright's download where we may not install packages. Resolves
 * however that went: what counts is whether a browser is found afterwards.
 */
export async function installChromium({ env, signal, onInstall }: InstallOptions): Promise<void> {
  if (process.getuid?.() === 0 && existsSync("/etc/debian_version") && existsSync("/usr/bin/apt-get")) {
    onInstall("apt-get install chromium");
    const quiet = { ...env, DEBIAN_FRONTEND: "noninteractive" };
    const packages = ["chromium", "fonts-noto-core", "fonts-noto-color-emoji"];
    await run("apt-get", ["update", "-qq"], quiet, signal);
    await run("apt-get", ["install", "-y", "-qq", "--no-install-recommends", ...packages], quiet, signal);
    return;
  }
  onInstall("playwright install chromium");
  const playwright = dirname(createRequire(import.meta.url).resolve("playwright-core/package.json"));
  await run(process.execPath, [join(playwright, "cli.js"), "install", "chromium"], env, signal);
}

function run(program: string, options: string[], env: NodeJS.ProcessEnv, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const child = spawn(program, options, { env, stdio: ["ignore", "ignore", "inherit"], signal });
    child.once("error", () => resolve());
    child.once("exit", () => resolve());
  });
}
