import { PlaneGeometry } from "three";

/** One square metre facing +z, scaled by whoever draws it. Shared, and so never disposed. */
export const unitPlane = new PlaneGeometry(1, 1);
