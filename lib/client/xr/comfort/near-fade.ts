import type { Material } from "three";
import { FADE_FROM_M, FADE_TO_M } from "#lib/core/xr/comfort.ts";

const FADE = /* glsl */ `
  {
    // How far the point is from the eyes, along the view: what perspective divides by.
    float awayM = 1.0 / gl_FragCoord.w;
    if (awayM < ${FADE_FROM_M.toFixed(3)}) {
      float left = smoothstep(${FADE_TO_M.toFixed(3)}, ${FADE_FROM_M.toFixed(3)}, awayM);
      float grain = fract(52.9829189 * fract(dot(gl_FragCoord.xy, vec2(0.06711056, 0.00583715))));
      if (grain >= left) discard;
    }
  }
`;

const faded = new WeakSet<Material>();

/**
 * Lets what a material draws dissolve nearer than 0.4 m, gone at 0.2 m, grain by grain
 * (interleaved gradient noise, Jimenez 2014): it needs no sorting, and works for each eye
 * on its own. Once for each material.
 */
export function fadeWhenNear(material: Material): void {
  if (faded.has(material)) return;
  faded.add(material);
  const compileBefore = material.onBeforeCompile.bind(material);
  const keyBefore = material.customProgramCacheKey.bind(material);
  material.onBeforeCompile = (shader, renderer) => {
    compileBefore(shader, renderer);
    shader.fragmentShader = shader.fragmentShader.replace("void main() {", `void main() {${FADE}`);
  };
  material.customProgramCacheKey = () => `${keyBefore()} near-fade`;
  material.needsUpdate = true;
}
