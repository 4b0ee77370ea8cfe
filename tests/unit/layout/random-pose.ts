import type { Pose } from "#lib/protocol/space.ts";
import { createRandom } from "../../fixtures/random.ts";

/** Any pose the schema allows, or with `usual` one that panels have in practice; the same for the same seed. */
export function createRandomPose(seed: number, { usual = false } = {}): () => Pose {
  const random = createRandom(seed);
  const between = (low: number, high: number) => low + (high - low) * random();
  return () => ({
    azimuthDeg: between(-180, 180),
    elevationDeg: usual ? between(-60, 60) : between(-90, 90),
    distanceM: usual ? between(1, 3) : between(0.2, 20),
    widthM: usual ? between(0.4, 2) : between(0.1, 10),
    curvature: random() < 0.3 ? 0 : between(0, 1),
    aspect: usual ? between(0.5, 1.5) : between(0.3, 3),
  });
}
