import {
  BufferAttribute,
  BufferGeometry,
  Color,
  ConeGeometry,
  CylinderGeometry,
  DoubleSide,
  InstancedMesh,
  Matrix4,
  Mesh,
  MeshBasicMaterial,
  Quaternion,
  ShaderMaterial,
  SphereGeometry,
  Vector3,
} from "three";
import { mergeGeometries } from "three/examples/jsm/utils/BufferGeometryUtils.js";
import { directionOf } from "#lib/client/xr/environment/sky-dome.ts";
import { scatterAround, seededRandom } from "#lib/core/environment/scatter.ts";

const TREES = 460;
const TREE_NEAR_M = 7;
const TREE_FAR_M = 42;

/**
 * A wood of firs, one draw call of about 19,000 triangles. The further a tree, the more
 * it takes the colour of the horizon, as air does it, without fog in the scene.
 */
export function createTrees(color: string, horizon: string): InstancedMesh {
  const tree = firTree();
  const trees = new InstancedMesh(tree, new MeshBasicMaterial({ toneMapped: false }), TREES);
  const matrix = new Matrix4();
  const place = new Vector3();
  const turn = new Quaternion();
  const scale = new Vector3();
  const up = new Vector3(0, 1, 0);
  const near = new Color(color);
  const far = new Color(horizon);
  const shade = new Color();
  scatterAround(TREES, { nearM: TREE_NEAR_M, farM: TREE_FAR_M, seed: 11 }).forEach((at, index) => {
    const distance = Math.hypot(at.x, at.z);
    turn.setFromAxisAngle(up, at.turn);
    scale.setScalar(at.size);
    trees.setMatrixAt(index, matrix.compose(place.set(at.x, 0, at.z), turn, scale));
    trees.setColorAt(index, shade.lerpColors(near, far, 0.75 * (distance / TREE_FAR_M) ** 1.5));
  });
  trees.frustumCulled = false;
  return still(trees);
}

function firTree(): BufferGeometry {
  const parts: BufferGeometry[] = [new CylinderGeometry(0.12, 0.2, 1.2, 5, 1, true).translate(0, 0.6, 0)];
  for (const [radius, height, at] of [
    [1.5, 2.6, 2.1],
    [1.2, 2.3, 3.6],
    [0.85, 2.1, 5],
    [0.5, 1.7, 6.3],
  ] as const) {
    parts.push(new ConeGeometry(radius, height, 8, 1, true).translate(0, at, 0));
  }
  const tree = mergeGeometries(parts);
  for (const part of parts) part.dispose();
  return tree;
}

const HILL_STEPS = 96;
const HILL_RINGS = [
  { distanceM: 38, heightM: 3.2, seed: 5, haze: 0.15 },
  { distanceM: 48, heightM: 5.2, seed: 6, haze: 0.5 },
  { distanceM: 58, heightM: 8, seed: 7, haze: 0.75 },
] as const;

/** Three ridges all around, one draw call. */
export function createHills(color: string, horizon: string): Mesh {
  const positions: number[] = [];
  const colors: number[] = [];
  const indices: number[] = [];
  const shade = new Color();
  const near = new Color(color);
  const far = new Color(horizon);
  for (const { distanceM, heightM, seed, haze } of HILL_RINGS) {
    const random = seededRandom(seed);
    const phases = [random(), random(), random()].map((phase) => phase * 2 * Math.PI);
    shade.lerpColors(near, far, haze);
    const first = positions.length / 3;
    for (let step = 0; step <= HILL_STEPS; step += 1) {
      const angle = (step / HILL_STEPS) * 2 * Math.PI;
      // Whole numbers of waves, so that the ridge closes.
      const wave = phases.reduce((sum, phase, n) => sum + Math.sin(angle * (2 + n * 3) + phase) / (n + 1), 0);
      const height = heightM * (0.55 + 0.25 * wave);
      const x = Math.sin(angle) * distanceM;
      const z = Math.cos(angle) * distanceM;
      positions.push(x, -1, z, x, height, z);
      colors.push(shade.r, shade.g, shade.b, shade.r, shade.g, shade.b);
      if (step === HILL_STEPS) continue;
      const at = first + step * 2;
      indices.push(at, at + 1, at + 2, at + 2, at + 1, at + 3);
    }
  }
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(new Float32Array(positions), 3));
  geometry.setAttribute("color", new BufferAttribute(new Float32Array(colors), 3));
  geometry.setIndex(indices);
  // Seen from within: the ridges wind the other way.
  return still(
    new Mesh(geometry, new MeshBasicMaterial({ vertexColors: true, side: DoubleSide, toneMapped: false })),
  );
}

const PLANET_VERTEX = /* glsl */ `
  varying vec3 vNormal;
  void main() {
    vNormal = normalize(mat3(modelMatrix) * normal);
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;
const PLANET_FRAGMENT = /* glsl */ `
  uniform vec3 lit;
  uniform vec3 dark;
  uniform vec3 light;
  varying vec3 vNormal;
  void main() {
    gl_FragColor = vec4(mix(dark, lit, smoothstep(-0.15, 0.9, dot(normalize(vNormal), light))), 1.0);
    #include <colorspace_fragment>
  }
`;

/** A planet low to the left, out of the way of panels: one draw call. */
export function createPlanet(color: string, dark: string): Mesh {
  const planet = new Mesh(
    new SphereGeometry(9, 40, 24),
    new ShaderMaterial({
      vertexShader: PLANET_VERTEX,
      fragmentShader: PLANET_FRAGMENT,
      toneMapped: false,
      uniforms: {
        lit: { value: new Color(color) },
        dark: { value: new Color(dark) },
        light: { value: directionOf(125, 24) },
      },
    }),
  );
  planet.position.copy(directionOf(-98, -16)).multiplyScalar(46);
  return still(planet);
}

/** What only stands there takes no part in pointing. */
function still<Shape extends Mesh>(shape: Shape): Shape {
  shape.raycast = () => {};
  shape.matrixAutoUpdate = false;
  shape.updateMatrix();
  return shape;
}
