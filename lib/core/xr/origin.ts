/** Where something stands and which way it faces: metres, radians counter-clockwise seen from above. */
export interface Stance {
  x: number;
  y: number;
  z: number;
  yaw: number;
}

/**
 * Where the session's origin (a point of the floor) must stand for a head to come to
 * the layout's own origin, facing −z. Panels keep their poses: it is the person who
 * is put in the middle of them, at their own height, sitting, standing or lying.
 * `target` is filled and returned, so that nothing is allocated.
 */
export function originForHead(head: Readonly<Stance>, target: Stance): Stance {
  const cosine = Math.cos(-head.yaw);
  const sine = Math.sin(-head.yaw);
  target.x = -(head.x * cosine + head.z * sine);
  target.y = -head.y;
  target.z = -(-head.x * sine + head.z * cosine);
  target.yaw = -head.yaw;
  return target;
}

/**
 * The way a head faces on the ground, from its orientation. A head that looks straight
 * up or down, as someone lying does, faces where its crown or chin points.
 */
export function headYaw(q: { x: number; y: number; z: number; w: number }): number {
  // The third column of the rotation matrix is where +z, the back of the head, points.
  const backX = 2 * (q.x * q.z + q.w * q.y);
  const backZ = 1 - 2 * (q.x * q.x + q.y * q.y);
  if (Math.hypot(backX, backZ) > 0.2) return Math.atan2(backX, backZ);
  const backY = 2 * (q.y * q.z - q.w * q.x);
  const upX = 2 * (q.x * q.y - q.w * q.z);
  const upZ = 2 * (q.y * q.z + q.w * q.x);
  // Looking up, the crown points backwards; looking down, forwards.
  const sign = backY < 0 ? 1 : -1;
  return Math.atan2(upX * sign, upZ * sign);
}
