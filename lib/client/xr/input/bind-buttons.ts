import { runCommand } from "#lib/client/commands/registry.ts";
import type { RayCore } from "#lib/client/xr/input/ray.ts";
import { beginGrab, endGrab } from "#lib/client/xr/input/ray-grab.ts";
import { pointedPanelId } from "#lib/client/xr/input/rays.ts";

/** Squeezing a controller grabs what its ray points at. A hand's squeeze is a gesture of its own. Returns how to stop. */
export function bindSqueeze(session: XRSession, ray: RayCore): () => void {
  const isOurs = (event: XRInputSourceEvent) => event.inputSource === ray.source && !ray.source.hand;
  const onStart = (event: XRInputSourceEvent) => {
    if (isOurs(event)) beginGrab(ray);
  };
  const onEnd = (event: XRInputSourceEvent) => {
    if (isOurs(event)) endGrab(ray);
  };
  session.addEventListener("squeezestart", onStart);
  session.addEventListener("squeezeend", onEnd);
  return () => {
    session.removeEventListener("squeezestart", onStart);
    session.removeEventListener("squeezeend", onEnd);
  };
}

/** Buttons of the xr-standard mapping past the thumbstick: A or X, B or Y. */
const COMMANDS: readonly (string | null)[] = [null, null, null, null, "room.menu", "page.back"];

/** Watches the buttons no event tells of; a press is told once. */
export interface ButtonWatch {
  wasPressed: boolean[];
}

export function createButtonWatch(): ButtonWatch {
  return { wasPressed: COMMANDS.map(() => false) };
}

/** One frame: A or X opens the menu, B or Y goes back, in the panel that is pointed at. */
export function stepButtons(watch: ButtonWatch, ray: RayCore): void {
  const buttons = ray.source?.gamepad?.buttons;
  if (!buttons) return;
  for (let index = 0; index < COMMANDS.length; index++) {
    const command = COMMANDS[index];
    if (!command) continue;
    const isPressed = buttons[index]?.pressed ?? false;
    if (isPressed && !watch.wasPressed[index]) {
      const panelId = pointedPanelId(ray);
      runCommand(command, panelId === null ? {} : { panelId });
    }
    watch.wasPressed[index] = isPressed;
  }
}
