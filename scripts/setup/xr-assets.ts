import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { join } from "node:path";

/** Under `public/`, so under the same path of our origin. Nothing there is kept in git. */
export const XR_PROFILES_PATH = "public/xr/profiles";
const PACKAGE = "node_modules/@webxr-input-profiles/assets";

/**
 * The controllers people hold today, and the generic ones that every other controller names as its fallback. The rest
 * of the package (old headsets, 40 MB) would be uploaded with each deployment for nobody.
 */
const PROFILES = [
  "generic-button",
  "generic-fixed-hand",
  "generic-hand",
  "generic-trigger",
  "generic-trigger-squeeze",
  "generic-trigger-squeeze-thumbstick",
  "generic-trigger-squeeze-touchpad",
  "generic-trigger-thumbstick",
  "htc-vive-focus-3",
  "magicleap-two",
  "meta-quest-touch-plus",
  "meta-quest-touch-plus-v2",
  "meta-quest-touch-pro",
  "oculus-touch-v2",
  "oculus-touch-v3",
  "pico-4",
  "pico-4u",
  "pico-neo3",
  "samsung-galaxyxr",
  "yvr-touch",
] as const;

/**
 * Puts the models and descriptions of controllers and hands where our own origin serves them: a headset asks nobody
 * else for them. Does nothing when they are there from this version of the package.
 * @returns whether they were copied now.
 */
export function ensureXrAssets(root: string): boolean {
  const source = join(root, PACKAGE);
  const target = join(root, XR_PROFILES_PATH);
  const wanted = `${JSON.parse(readFileSync(join(source, "package.json"), "utf8")).version} ${PROFILES.join(" ")}`;
  const stamp = join(target, "copied-from.txt");
  if (existsSync(stamp) && readFileSync(stamp, "utf8") === wanted) return false;

  // Made beside and moved in one step: two builds at once, or one that is killed, leave no half of it.
  const partial = `${target}.${process.pid}`;
  rmSync(partial, { recursive: true, force: true });
  mkdirSync(partial, { recursive: true });
  const profiles = join(source, "dist/profiles");
  for (const name of PROFILES) {
    cpSync(join(profiles, name), join(partial, name), { recursive: true });
  }
  writeFileSync(join(partial, "profilesList.json"), JSON.stringify(listProfiles(profiles)));
  cpSync(join(source, "LICENSE.md"), join(partial, "LICENSE.md"));
  writeFileSync(join(partial, "copied-from.txt"), wanted);
  rmSync(target, { recursive: true, force: true });
  renameSync(partial, target);
  return true;
}

/** The package's own list without what was not copied, so that a controller falls back to a profile that is there. */
function listProfiles(profiles: string): Record<string, { path: string }> {
  const all: Record<string, { path: string }> = JSON.parse(
    readFileSync(join(profiles, "profilesList.json"), "utf8"),
  );
  const present = new Set<string>(PROFILES.filter((name) => readdirSync(profiles).includes(name)));
  return Object.fromEntries(
    Object.entries(all).filter(([, { path }]) => present.has(path.split("/")[0] ?? "")),
  );
}
