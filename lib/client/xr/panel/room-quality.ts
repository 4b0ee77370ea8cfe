import type { WebGLRenderer } from "three";
import {
  createGovernor,
  type Governor,
  type GovernorScene,
  type Quality,
  stepGovernor,
} from "#lib/core/quality/governor.ts";

/** How finely the room is drawn now. Read it each frame; only the frame loop writes it. */
export interface RoomQuality {
  readonly quality: Readonly<Quality>;
  /** Grows with each change of level, so that what depends on it knows when to look. */
  readonly changes: number;
}

let governor: Governor = createGovernor({ frameRates: null });
const scene: GovernorScene = { textInView: true };
const applied = { level: -1, frameRate: null as number | null, foveation: -1, changes: 0 };

export const roomQuality: RoomQuality = {
  get quality() {
    return governor.quality;
  },
  get changes() {
    return applied.changes;
  },
};

/** At the start and end of a session: another display, other rates. */
export function restartQuality(session: XRSession | null): void {
  governor = createGovernor({
    frameRates: session?.supportedFrameRates ?? null,
    displayHz: session?.frameRate ?? 60,
  });
  applied.level = -1;
  applied.frameRate = null;
  applied.foveation = -1;
  applied.changes += 1;
}

/** One frame: judges the time it took and passes on what only the renderer and the session can set. */
export function stepQuality(renderer: WebGLRenderer, deltaMs: number, textInView: boolean): void {
  scene.textInView = textInView;
  const { level, frameRate, foveation } = stepGovernor(governor, deltaMs, scene);
  if (level !== applied.level) {
    applied.level = level;
    applied.changes += 1;
  }
  const session = renderer.xr.isPresenting ? renderer.xr.getSession() : null;
  if (!session) return;
  if (foveation !== applied.foveation) {
    applied.foveation = foveation;
    renderer.xr.setFoveation(foveation);
  }
  if (frameRate !== null && frameRate !== applied.frameRate) {
    applied.frameRate = frameRate;
    // A device may refuse a rate it has offered; it then stays as it is.
    session.updateTargetFrameRate?.(frameRate)?.catch(() => {});
  }
}
