import { clamp, DEG } from "#lib/core/layout/angles.ts";
import { limitPose, nearestM } from "#lib/core/layout/panel-shape.ts";
import type { Pose } from "#lib/protocol/space.ts";

/**
 * What poses are laid on. On the sphere a panel is `distanceM` from the head and
 * faces it. On the cylinder it is that far from the upright axis through the head
 * and stands upright, so that rows lie straight above each other.
 */
export type LayoutSurface = "sphere" | "cylinder";

/**
 * A panel's middle in the layout frame (metres, y up, the head at the origin
 * looking along −z), and the turn that brings a panel facing +z there, as a unit
 * quaternion x, y, z, w.
 */
export interface Transform {
  position: [number, number, number];
  orientation: [number, number, number, number];
}

export function createTransform(): Transform {
  return { position: [0, 0, 0], orientation: [0, 0, 0, 1] };
}

/** Near the poles a cylinder has no end. */
const CYLINDER_ELEVATION_MAX_DEG = 80;

/** Written into `out`, which is returned: nothing is allocated when it is given. */
export function poseToTransform(
  pose: Pose,
  out: Transform = createTransform(),
  surface: LayoutSurface = "sphere",
): Transform {
  const upright = surface === "cylinder";
  const azimuth = pose.azimuthDeg / DEG;
  const steep = upright ? CYLINDER_ELEVATION_MAX_DEG : 90;
  const elevation = clamp(pose.elevationDeg, -steep, steep) / DEG;
  const level = upright ? pose.distanceM : pose.distanceM * Math.cos(elevation);
  out.position[0] = level * Math.sin(azimuth);
  out.position[1] = upright ? level * Math.tan(elevation) : pose.distanceM * Math.sin(elevation);
  out.position[2] = -level * Math.cos(azimuth);
  const yaw = -azimuth / 2;
  const pitch = upright ? 0 : elevation / 2;
  out.orientation[0] = Math.cos(yaw) * Math.sin(pitch);
  out.orientation[1] = Math.sin(yaw) * Math.cos(pitch);
  out.orientation[2] = -Math.sin(yaw) * Math.sin(pitch);
  out.orientation[3] = Math.cos(yaw) * Math.cos(pitch);
  return out;
}

/**
 * The pose of a panel that was put down with its middle at a point of the layout
 * frame. Size and curvature are those of `pose`; it comes to face the head, and to
 * the nearest place it may have: a large one stops farther away rather than shrink.
 * A point that says nothing leaves it where it was.
 */
export function poseFromTransform(
  { position: [x, y, z] }: Pick<Transform, "position">,
  pose: Pose,
  surface: LayoutSurface = "sphere",
): Pose {
  const level = Math.hypot(x, z);
  const distanceM = surface === "cylinder" ? level : Math.hypot(level, y);
  if (!Number.isFinite(distanceM) || distanceM < 1e-6) return limitPose(pose);
  return limitPose({
    ...pose,
    // Straight above and below every azimuth is the same: the panel keeps its own.
    azimuthDeg: level < 1e-6 ? pose.azimuthDeg : Math.atan2(x, -z) * DEG,
    elevationDeg: Math.atan2(y, level) * DEG,
    distanceM: Math.max(distanceM, Math.min(nearestM(pose), pose.distanceM)),
  });
}
