import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import type { ResizeTarget } from "#lib/client/xr/input/gesture-actions.ts";
import { limitPose } from "#lib/core/layout/panel-shape.ts";
import { setPose } from "#lib/core/space/poses.ts";
import { findPanel } from "#lib/core/space/session.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Changes below this share of the size are the trembling of two hands: no new layout for them. */
const STEP_RATIO = 0.01;

/** A panel that two hands pull larger or push smaller. Given up, it has its old size again. */
export function createPanelResize(): ResizeTarget {
  let held: { panelId: string; pose: Pose } | null = null;
  let lastFactor = 1;

  const apply = (factor: number): void => {
    if (!held) return;
    const { panelId, pose } = held;
    lastFactor = factor;
    updateSession((session) =>
      setPose(session, panelId, limitPose({ ...pose, widthM: pose.widthM * factor })),
    );
    stirRoom();
  };

  return {
    begin(panelId) {
      const panel = findPanel(getSession(), panelId);
      held = panel ? { panelId, pose: panel.pose } : null;
      lastFactor = 1;
    },
    move(factor) {
      if (Math.abs(factor / lastFactor - 1) >= STEP_RATIO) apply(factor);
    },
    end() {
      held = null;
    },
    cancel() {
      apply(1);
      held = null;
    },
  };
}
