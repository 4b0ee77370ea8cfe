import { BufferAttribute, BufferGeometry, Color, NormalBlending, Points, ShaderMaterial } from "three";
import { SKY_ORDER } from "#lib/client/xr/environment/sky-dome.ts";
import { scatterAround, scatterOnSky, seededRandom } from "#lib/core/environment/scatter.ts";

const STAR_VERTEX = /* glsl */ `
  attribute float strength;
  uniform float pixels;
  varying float vStrength;
  void main() {
    vStrength = strength;
    vec4 at = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0);
    gl_Position = at.xyww;
    gl_PointSize = pixels * (0.6 + strength);
  }
`;

const FIREFLY_VERTEX = /* glsl */ `
  attribute float strength;
  uniform float pixels;
  uniform float time;
  varying float vStrength;
  void main() {
    float phase = strength * 40.0;
    vec3 drift = vec3(sin(time * 0.21 + phase), 0.4 * sin(time * 0.33 + phase * 1.7), cos(time * 0.17 + phase));
    vec4 at = modelViewMatrix * vec4(position + drift * 0.6, 1.0);
    gl_Position = projectionMatrix * at;
    gl_PointSize = clamp(pixels * 9.0 / -at.z, 1.0, 6.0);
    vStrength = 0.35 + 0.65 * smoothstep(-0.2, 1.0, sin(time * 0.5 + phase * 3.0));
  }
`;

const POINT_FRAGMENT = /* glsl */ `
  uniform vec3 color;
  varying float vStrength;
  void main() {
    float edge = length(gl_PointCoord - 0.5) * 2.0;
    gl_FragColor = vec4(color, vStrength * smoothstep(1.0, 0.3, edge));
    #include <colorspace_fragment>
  }
`;

/** Stars at infinity, one draw call. They are blended, never added: no pixel is brighter than `color`. */
export function createStars(
  color: string,
  { count, lowestY, seed }: { count: number; lowestY: number; seed: number },
) {
  const stars = createPoints(scatterOnSky(count, { lowestY, seed }), {
    color,
    seed,
    vertexShader: STAR_VERTEX,
  });
  // They lie as far as depth goes, so whatever stands before them hides them.
  stars.renderOrder = SKY_ORDER + 1;
  return stars;
}

/** Slow lights between the trees, one draw call; only their `time` changes. */
export function createFireflies(color: string, count: number) {
  const places = scatterAround(count, { nearM: 5, farM: 18, seed: 77 });
  const random = seededRandom(78);
  const positions = new Float32Array(places.flatMap(({ x, z }) => [x, 0.4 + random() * 1.8, z]));
  return createPoints(positions, { color, seed: 79, vertexShader: FIREFLY_VERTEX });
}

function createPoints(
  positions: Float32Array,
  { color, seed, vertexShader }: { color: string; seed: number; vertexShader: string },
): Points<BufferGeometry, ShaderMaterial> {
  const random = seededRandom(seed);
  const geometry = new BufferGeometry();
  geometry.setAttribute("position", new BufferAttribute(positions, 3));
  const strengths = Float32Array.from({ length: positions.length / 3 }, () => random() ** 3);
  geometry.setAttribute("strength", new BufferAttribute(strengths, 1));
  const points = new Points(
    geometry,
    new ShaderMaterial({
      vertexShader,
      fragmentShader: POINT_FRAGMENT,
      transparent: true,
      depthWrite: false,
      blending: NormalBlending,
      toneMapped: false,
      uniforms: { color: { value: new Color(color) }, pixels: { value: 2 }, time: { value: 0 } },
    }),
  );
  points.frustumCulled = false;
  points.raycast = () => {};
  return points;
}
