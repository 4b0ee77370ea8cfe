import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "../services/guard.ts";
import { runProgram } from "../services/run-program.ts";
import { hashSources } from "./hash-sources.ts";
import { ensureXrAssets } from "./xr-assets.ts";

export interface BuildOptions {
  root: string;
  /** Relative to the root, as `QUI_DIST_DIR` has it. */
  distDir: string;
  env: NodeJS.ProcessEnv;
  /** Builds even when nothing changed. */
  force?: boolean;
  onStart?: () => void;
  /** Ends the build. */
  signal?: AbortSignal | undefined;
  /** Ends the build when this process is killed. */
  guard?: Guard | undefined;
}

/**
 * Runs `next build` when the sources are not the ones of the last build. A build that failed over an earlier one is
 * tried once more from a clean folder: what an interrupted build leaves can make the next one fail.
 * @returns whether it was built now.
 */
export async function buildApp(options: BuildOptions): Promise<boolean> {
  const folder = join(options.root, options.distDir);
  const stamp = join(folder, "built-from");
  // Files of `public/` are part of a build that Vercel takes, and are served as they are elsewhere.
  ensureXrAssets(options.root);
  // Before the build, so that an edit during it leads to another.
  const wanted = hashSources(options.root);
  if (!options.force && existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  options.onStart?.();
  const overEarlier = existsSync(folder);
  rmSync(stamp, { force: true });
  let built = await runNextBuild(options);
  if (!built && overEarlier) {
    console.error("qui: the build failed; trying once more from a clean folder…");
    rmSync(folder, { recursive: true, force: true });
    built = await runNextBuild(options);
  }
  if (!built) throw new Error("The app could not be built; see the messages above.");
  writeFileSync(stamp, wanted);
  return true;
}

async function runNextBuild({ root, distDir, env, signal, guard }: BuildOptions): Promise<boolean> {
  const command = [process.execPath, join(root, "node_modules/next/dist/bin/next"), "build"];
  const buildEnv: NodeJS.ProcessEnv = {
    ...env,
    NODE_ENV: "production",
    QUI_DIST_DIR: distDir,
    NEXT_TELEMETRY_DISABLED: "1",
  };
  return (await runProgram(command, { cwd: root, env: buildEnv, signal, guard })) === 0;
}
