import { globSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/**
 * Vercel's builder puts every `.env` file of the folder into every function, `.env.local` with this machine's secrets
 * among them; deployed with `--prebuilt`, they would leave the machine. A deployment has settings of its own.
 */
export function leaveOutEnvFiles(output: string): void {
  const configs = globSync("functions/**/.vc-config.json", { cwd: output });
  // Functions that share their files are links to one another.
  for (const file of new Set(configs.map((path) => realpathSync(join(output, path))))) {
    const config = JSON.parse(readFileSync(file, "utf8"));
    const kept = Object.entries(config.filePathMap ?? {}).filter(
      ([path]) => !/(^|\/)\.env(\.[^/]+)?$/.test(path),
    );
    config.filePathMap = Object.fromEntries(kept);
    writeFileSync(file, JSON.stringify(config, null, 2));
  }
}
