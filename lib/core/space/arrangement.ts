import { withOrder } from "#lib/core/space/layout-order.ts";
import { setPoses } from "#lib/core/space/poses.ts";
import { findPanel, type Session, withSpace } from "#lib/core/space/session.ts";
import type { Layout, Pose } from "#lib/protocol/space.ts";

/** How the panels stood at one moment: what taking back a change of the layout needs. */
export interface Arrangement {
  poses: Record<string, Pose>;
  order: string[];
  layout: Pick<Layout, "poseLayouts" | "activeLayoutId" | "headLockedId">;
}

export function takeArrangement({ space }: Session): Arrangement {
  const { poseLayouts, activeLayoutId, headLockedId } = space.layout;
  return {
    poses: Object.fromEntries(space.panels.map((panel) => [panel.id, panel.pose])),
    order: space.panels.map((panel) => panel.id),
    layout: { poseLayouts, activeLayoutId, headLockedId },
  };
}

/** Panels opened since stay where they are; those closed since stay closed. */
export function restoreArrangement(session: Session, { poses, order, layout }: Arrangement): Session {
  const headLockedId = findPanel(session, layout.headLockedId) ? layout.headLockedId : null;
  const restored = withSpace(session, { layout: { ...session.space.layout, ...layout, headLockedId } });
  return withOrder(setPoses(restored, poses, { keepOrder: true }), order);
}
