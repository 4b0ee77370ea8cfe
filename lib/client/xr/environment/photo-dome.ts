import {
  BackSide,
  type Camera,
  LinearFilter,
  Mesh,
  type Object3D,
  ShaderMaterial,
  SphereGeometry,
  SRGBColorSpace,
  Texture,
  type WebGLRenderer,
  type WebXRCamera,
} from "three";
import { INFINITE_VERTEX, SKY_ORDER } from "#lib/client/xr/environment/sky-dome.ts";
import type { PhotoLayout } from "#lib/core/environment/photo.ts";

const FRAGMENT = /* glsl */ `
  uniform sampler2D photo;
  uniform float eyes;
  uniform float eye;
  varying vec3 vDirection;
  const float PI = 3.14159265;
  void main() {
    vec3 direction = normalize(vDirection);
    float u = 0.5 + atan(direction.x, -direction.z) / (2.0 * PI);
    float v = acos(clamp(direction.y, -1.0, 1.0)) / PI;
    // Without derivatives: at the seam they would smear a line across the picture.
    vec3 color = textureLod(photo, vec2(u, (v + eye) / eyes), 0.0).rgb;
    // Neither pure black nor white, and never brighter than the page in front of it.
    gl_FragColor = vec4(0.004 + color * 0.55, 1.0);
    #include <colorspace_fragment>
  }
`;

/**
 * A person's own picture all around, one draw call. A picture for each eye shows its
 * upper half to the left one; on a screen that is the only one there is.
 */
export function createPhotoDome(
  picture: ImageBitmap,
  layout: PhotoLayout,
): Mesh<SphereGeometry, ShaderMaterial> {
  const texture = new Texture(picture);
  texture.colorSpace = SRGBColorSpace;
  texture.flipY = false;
  texture.generateMipmaps = false;
  texture.minFilter = LinearFilter;
  texture.needsUpdate = true;
  const material = new ShaderMaterial({
    vertexShader: INFINITE_VERTEX,
    fragmentShader: FRAGMENT,
    side: BackSide,
    depthTest: false,
    depthWrite: false,
    toneMapped: false,
    uniforms: {
      photo: { value: texture },
      eyes: { value: layout === "top-bottom" ? 2 : 1 },
      eye: { value: 0 },
    },
  });
  const dome = new Mesh(new SphereGeometry(1, 32, 16), material);
  dome.frustumCulled = false;
  dome.renderOrder = SKY_ORDER;
  dome.raycast = () => {};
  if (layout === "top-bottom") dome.onBeforeRender = showOwnEye;
  return dome;
}

/** Views come in pairs, left before right, also where a headset has four. */
function showOwnEye(this: Object3D, renderer: WebGLRenderer, _scene: unknown, camera: Camera): void {
  const { material } = this as Mesh<SphereGeometry, ShaderMaterial>;
  const { eye } = material.uniforms;
  const place = renderer.xr.isPresenting ? renderer.xr.getCamera().cameras.indexOf(camera as WebXRCamera) : 0;
  if (eye) eye.value = place > 0 ? place % 2 : 0;
  material.uniformsNeedUpdate = true;
}

export function disposePhotoDome(dome: Mesh<SphereGeometry, ShaderMaterial>): void {
  (dome.material.uniforms.photo?.value as Texture | undefined)?.dispose();
}
