import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { leaveOutEnvFiles } from "../../../scripts/setup/leave-out-env-files.ts";

it("takes this machine's settings out of every function, and nothing else", () => {
  const output = mkdtempSync(join(tmpdir(), "qui-output-"));
  const folder = join(output, "functions/api/pages.func");
  mkdirSync(folder, { recursive: true });
  symlinkSync("pages.func", join(output, "functions/api/media.func"));
  const map = (...paths: string[]) => Object.fromEntries(paths.map((path) => [path, path]));
  const config = {
    handler: "a.cjs",
    filePathMap: map(".env", ".env.local", "x/.env.production", "lib/.environment", "a.cjs"),
  };
  writeFileSync(join(folder, ".vc-config.json"), JSON.stringify(config));

  leaveOutEnvFiles(output);

  const after = JSON.parse(readFileSync(join(folder, ".vc-config.json"), "utf8"));
  expect(after).toEqual({ handler: "a.cjs", filePathMap: map("lib/.environment", "a.cjs") });
  rmSync(output, { recursive: true });
});
