import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parseEnv } from "node:util";

/**
 * The environment as Next will see it: the process's own variables, then the `.env` files in Next's order of
 * precedence. An empty value counts as unset, as in `lib/node/env.ts`.
 */
export function readEnv(root: string, mode: "development" | "production"): NodeJS.ProcessEnv {
  const files = [`.env.${mode}.local`, ".env.local", `.env.${mode}`, ".env"];
  const layers = [process.env, ...files.map((file) => readEnvFile(join(root, file)))];
  const merged: Record<string, string | undefined> = {};
  for (const layer of layers.toReversed()) {
    for (const [name, value] of Object.entries(layer)) if (value) merged[name] = value;
  }
  return { ...merged, NODE_ENV: mode };
}

function readEnvFile(file: string): Record<string, string | undefined> {
  try {
    return parseEnv(readFileSync(file, "utf8"));
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return {};
    throw error;
  }
}
