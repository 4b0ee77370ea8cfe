import { BackSide, Color, Mesh, ShaderMaterial, SphereGeometry, Vector3 } from "three";
import type { EnvironmentPalette } from "#lib/core/environment/palettes.ts";

/** Drawn before everything else, and behind it. */
export const SKY_ORDER = -1000;

const GEOMETRY_SEGMENTS = [24, 12] as const;

/** The sky is infinitely far: only the direction of the view counts, so it needs no place and no size. */
export const INFINITE_VERTEX = /* glsl */ `
  varying vec3 vDirection;
  void main() {
    vDirection = position;
    vec4 at = projectionMatrix * vec4(mat3(viewMatrix) * position, 1.0);
    gl_Position = at.xyww;
  }
`;

const FRAGMENT = /* glsl */ `
  uniform vec3 zenith;
  uniform vec3 horizon;
  uniform vec3 nadir;
  uniform vec3 glow;
  uniform vec3 glowDirection;
  uniform float glowSharpness;
  varying vec3 vDirection;

  // Steps of one in 255 show as rings on a dark sky; less than a step of noise hides them.
  float noise(vec2 at) { return fract(52.9829189 * fract(dot(at, vec2(0.06711056, 0.00583715)))); }

  void main() {
    vec3 direction = normalize(vDirection);
    float up = direction.y;
    // The ground ends a little below eye level, in the colour of the horizon.
    vec3 color = up > 0.0 ? mix(horizon, zenith, pow(up, 0.6)) : mix(horizon, nadir, smoothstep(0.03, 0.5, -up));
    float shine = exp(glowSharpness * (dot(direction, glowDirection) - 1.0));
    color = mix(color, glow, shine);
    gl_FragColor = vec4(color, 1.0);
    #include <colorspace_fragment>
    gl_FragColor.rgb += (noise(gl_FragCoord.xy) - 0.5) / 255.0;
  }
`;

/** A sky of three colours and a soft light, in one draw call. Mixes colours only, so it is never brighter than the brightest of them. */
export function createSkyDome(palette: EnvironmentPalette): Mesh<SphereGeometry, ShaderMaterial> {
  const { zenith, horizon, nadir, glow } = palette;
  const material = new ShaderMaterial({
    vertexShader: INFINITE_VERTEX,
    fragmentShader: FRAGMENT,
    side: BackSide,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
    uniforms: {
      zenith: { value: new Color(zenith) },
      horizon: { value: new Color(horizon) },
      nadir: { value: new Color(nadir) },
      glow: { value: new Color(glow?.color ?? horizon) },
      glowDirection: { value: directionOf(glow?.azimuthDeg ?? 180, glow?.elevationDeg ?? 0) },
      glowSharpness: { value: glow ? sharpness(glow.spreadDeg) : 1e6 },
    },
  });
  const dome = new Mesh(new SphereGeometry(1, ...GEOMETRY_SEGMENTS), material);
  dome.frustumCulled = false;
  dome.renderOrder = SKY_ORDER;
  // The sky is nothing to point at.
  dome.raycast = () => {};
  return dome;
}

/** Azimuth grows to the right from straight ahead (-z), elevation upwards. */
export function directionOf(azimuthDeg: number, elevationDeg: number): Vector3 {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  const elevation = (elevationDeg * Math.PI) / 180;
  const flat = Math.cos(elevation);
  return new Vector3(Math.sin(azimuth) * flat, Math.sin(elevation), -Math.cos(azimuth) * flat);
}

/** The light has lost half its strength at half its spread from the middle. */
function sharpness(spreadDeg: number): number {
  return Math.LN2 / (1 - Math.cos(((spreadDeg / 2) * Math.PI) / 180));
}
