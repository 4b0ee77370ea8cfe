import { Mesh, PlaneGeometry, ShaderMaterial } from "three";

const VERTEX = /* glsl */ `
  varying vec2 vSlope;
  void main() {
    gl_Position = vec4(position.xy, 0.0, 1.0);
    // The angle from straight ahead, whatever the shape of each eye's view is.
    vSlope = (position.xy + vec2(projectionMatrix[2][0], projectionMatrix[2][1]))
      / vec2(projectionMatrix[0][0], projectionMatrix[1][1]);
  }
`;
const FRAGMENT = /* glsl */ `
  uniform float strength;
  varying vec2 vSlope;
  void main() {
    float angle = degrees(atan(length(vSlope)));
    gl_FragColor = vec4(vec3(0.008), strength * smoothstep(18.0, 38.0, angle));
    #include <colorspace_fragment>
  }
`;

/** Darkens the view from 18° off its middle outwards; the middle stays clear. Drawn last, and only while it is seen. */
export interface Vignette {
  readonly mesh: Mesh;
  /** 0 none to 1 dark. */
  set: (strength: number) => void;
  dispose: () => void;
}

export function createVignette(): Vignette {
  const material = new ShaderMaterial({
    vertexShader: VERTEX,
    fragmentShader: FRAGMENT,
    transparent: true,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
    uniforms: { strength: { value: 0 } },
  });
  const mesh = new Mesh(new PlaneGeometry(2, 2), material);
  mesh.frustumCulled = false;
  mesh.renderOrder = 10_000;
  mesh.visible = false;
  mesh.raycast = () => {};
  return {
    mesh,
    set: (strength) => {
      mesh.visible = strength > 0;
      if (material.uniforms.strength) material.uniforms.strength.value = strength;
    },
    dispose: () => {
      mesh.geometry.dispose();
      material.dispose();
    },
  };
}
