import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Generates the Prisma client when the schema or Prisma's version is not the one it was generated from.
 * @returns whether it was generated now.
 */
export function ensurePrismaClient(root: string): boolean {
  const folder = join(root, "lib/server/db/generated");
  const stamp = join(folder, ".generated-from");
  const hash = createHash("sha256");
  for (const file of ["prisma/schema.prisma", "node_modules/prisma/package.json"]) {
    hash.update(readFileSync(join(root, file)));
  }
  const wanted = hash.digest("hex");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  try {
    execFileSync(process.execPath, [join(root, "node_modules/prisma/build/index.js"), "generate"], {
      cwd: root,
      // Generating needs no engine, yet Prisma would look for one to download. Any program satisfies it.
      env: { ...process.env, PRISMA_SCHEMA_ENGINE_BINARY: "/usr/bin/true", CHECKPOINT_DISABLE: "1" },
      stdio: "pipe",
      timeout: 120_000,
    });
  } catch (error) {
    const { stdout, stderr } = error as { stdout?: Buffer; stderr?: Buffer };
    throw new Error(`The Prisma client could not be generated:\n${stdout ?? ""}${stderr ?? ""}`, {
      cause: error,
    });
  }
  writeFileSync(stamp, wanted);
  return true;
}
