import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Guard } from "../services/guard.ts";
import { runProgram } from "../services/run-program.ts";
import { leaveOutEnvFiles } from "./leave-out-env-files.ts";

const DIST_DIR = ".next-vercel";

/** Stands in for `vercel link`, which would need an account and the network. */
const PROJECT = {
  projectId: "prj_local",
  orgId: "team_local",
  settings: {
    framework: "nextjs",
    nodeVersion: "24.x",
    // The dependencies are here already.
    installCommand: "true",
    outputDirectory: DIST_DIR,
  },
};

export interface VercelBuildOptions {
  root: string;
  signal?: AbortSignal | undefined;
  guard?: Guard | undefined;
}

/**
 * Makes `.vercel/output`, exactly as a deployment would, without an account or the network. A project that the
 * folder is linked to stays linked.
 * @throws when the build fails.
 */
export async function buildForVercel(options: VercelBuildOptions): Promise<void> {
  const { root } = options;
  const folder = join(root, ".vercel");
  const project = join(folder, "project.json");
  const linked = join(folder, "project.linked.json");
  mkdirSync(folder, { recursive: true });
  // A linked file that is here already was set aside by a build that was killed.
  if (existsSync(project) && !existsSync(linked) && !isStandIn(project)) renameSync(project, linked);
  writeFileSync(project, JSON.stringify(PROJECT, null, 2));
  rmSync(join(folder, "output"), { recursive: true, force: true });
  try {
    const code = await runVercel(options);
    if (code !== 0) throw new Error("The build for Vercel failed; see the messages above.");
    leaveOutEnvFiles(join(folder, "output"));
  } finally {
    if (existsSync(linked)) renameSync(linked, project);
  }
}

function isStandIn(file: string): boolean {
  return JSON.parse(readFileSync(file, "utf8")).projectId === PROJECT.projectId;
}

function runVercel({ root, signal, guard }: VercelBuildOptions): Promise<number> {
  const vercel = join(root, "node_modules/vercel/dist/vc.js");
  const env: NodeJS.ProcessEnv = {
    ...process.env,
    NODE_ENV: "production",
    QUI_DIST_DIR: DIST_DIR,
    NEXT_TELEMETRY_DISABLED: "1",
    VERCEL_TELEMETRY_DISABLED: "1",
    // A build is not a deployment: it must not reach for a database.
    DATABASE_URL: "",
  };
  const command = [process.execPath, vercel, "build", "--prod", "--yes", "--token", "none"];
  return runProgram(command, { cwd: root, env, signal, guard });
}
