import { Group, type Mesh, type Object3D, type Points, ShaderMaterial } from "three";
import { createGround } from "#lib/client/xr/environment/ground.ts";
import { createPhotoDome, disposePhotoDome } from "#lib/client/xr/environment/photo-dome.ts";
import { createHills, createPlanet, createTrees } from "#lib/client/xr/environment/shapes.ts";
import { createSkyDome } from "#lib/client/xr/environment/sky-dome.ts";
import { createFireflies, createStars } from "#lib/client/xr/environment/sky-points.ts";
import { type DrawnEnvironment, environmentParts } from "#lib/core/environment/environments.ts";
import { type EnvironmentPalette, paletteOf } from "#lib/core/environment/palettes.ts";
import type { PhotoLayout } from "#lib/core/environment/photo.ts";

/** Something to stand in. At most five draw calls and 20,000 triangles, whichever it is. */
export interface BuiltEnvironment {
  /** Its floor is at y = 0. */
  root: Group;
  /** Level of the quality governor: 2 everything, 1 without what moves, 0 sky and ground. */
  setDetail: (detail: 0 | 1 | 2) => void;
  /** Moves what moves; allocates nothing. */
  update: (elapsedS: number) => void;
  dispose: () => void;
}

interface Parts {
  sky: readonly Object3D[];
  shapes: readonly Object3D[];
  moving: readonly Points[];
}

export function buildEnvironment(id: DrawnEnvironment, theme: "light" | "dark"): BuiltEnvironment {
  const palette = paletteOf(id, theme);
  const sky: Object3D[] = [createSkyDome(palette)];
  if (palette.ground) sky.push(createGround(palette.ground, palette.horizon));
  return assemble({ sky, ...shapesOf(id, palette) });
}

/** The same for a person's own picture, which then belongs to the environment. */
export function buildPhotoEnvironment(picture: ImageBitmap, layout: PhotoLayout): BuiltEnvironment {
  const dome = createPhotoDome(picture, layout);
  const built = assemble({ sky: [dome], shapes: [], moving: [] });
  return {
    ...built,
    dispose: () => {
      disposePhotoDome(dome);
      picture.close();
      built.dispose();
    },
  };
}

function shapesOf(id: DrawnEnvironment, palette: EnvironmentPalette): Pick<Parts, "shapes" | "moving"> {
  const { shapes, points, horizon, nadir } = palette;
  switch (id) {
    case "forest":
      return {
        shapes: [
          ...(shapes ? [createTrees(shapes, horizon)] : []),
          ...(points ? [createStars(points, { count: 500, lowestY: 0.15, seed: 21 })] : []),
        ],
        moving: points ? [createFireflies(points, 60)] : [],
      };
    case "space":
      return {
        shapes: [
          ...(points ? [createStars(points, { count: 2200, lowestY: -1, seed: 22 })] : []),
          ...(shapes ? [createPlanet(shapes, nadir)] : []),
        ],
        moving: [],
      };
    case "dawn":
      return {
        shapes: [
          ...(points ? [createStars(points, { count: 260, lowestY: 0.35, seed: 23 })] : []),
          ...(shapes ? [createHills(shapes, horizon)] : []),
        ],
        moving: [],
      };
    default:
      return { shapes: [], moving: [] };
  }
}

function assemble({ sky, shapes, moving }: Parts): BuiltEnvironment {
  const root = new Group();
  root.name = "environment";
  root.add(...sky, ...shapes, ...moving);
  return {
    root,
    setDetail: (detail) => {
      const { hasShapes, moves } = environmentParts(detail);
      for (const part of shapes) part.visible = hasShapes;
      for (const part of moving) part.visible = moves;
    },
    update: (elapsedS) => {
      for (const part of moving) {
        const { material } = part;
        if (part.visible && material instanceof ShaderMaterial && material.uniforms.time) {
          material.uniforms.time.value = elapsedS;
        }
      }
    },
    dispose: () => {
      for (const part of [...sky, ...shapes, ...moving]) {
        const { geometry, material } = part as Mesh;
        geometry.dispose();
        for (const one of [material].flat()) one.dispose();
        if ("dispose" in part && typeof part.dispose === "function") part.dispose();
      }
      root.removeFromParent();
    },
  };
}
