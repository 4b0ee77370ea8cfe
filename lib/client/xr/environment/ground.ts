import { Color, Mesh, RingGeometry, ShaderMaterial } from "three";

const RADIUS_M = 60;

const VERTEX = /* glsl */ `
  varying vec2 vPlace;
  void main() {
    vPlace = position.xy;
    gl_Position = projectionMatrix * modelViewMatrix * vec4(position, 1.0);
  }
`;

const FRAGMENT = /* glsl */ `
  uniform vec3 near;
  uniform vec3 far;
  uniform float radius;
  varying vec2 vPlace;
  float noise(vec2 at) { return fract(52.9829189 * fract(dot(at, vec2(0.06711056, 0.00583715)))); }
  void main() {
    float away = length(vPlace);
    vec3 color = mix(near, far, smoothstep(0.03, 0.9, away / radius));
    // A ring under the feet tells where the middle of the room is.
    float ring = smoothstep(0.02, 0.0, abs(away - 0.9)) * 0.35;
    color = mix(color, far, ring);
    gl_FragColor = vec4(color, 1.0);
    #include <colorspace_fragment>
    gl_FragColor.rgb += (noise(gl_FragCoord.xy) - 0.5) / 255.0;
  }
`;

/** A floor that runs out into the horizon, so that feet have something to stand on: one draw call. */
export function createGround(color: string, horizon: string): Mesh<RingGeometry, ShaderMaterial> {
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    toneMapped: false,
    uniforms: {
      near: { value: new Color(color) },
      far: { value: new Color(horizon) },
      radius: { value: RADIUS_M },
    },
  });
  // A corner exactly beside the eyes has no depth at all, which software renderers draw wrong.
  const disc = new RingGeometry(0, RADIUS_M, 48, 10).translate(0.137, 0.071, 0);
  const ground = new Mesh(disc, material);
  ground.rotation.x = -Math.PI / 2;
  ground.renderOrder = -900;
  ground.raycast = () => {};
  return ground;
}
