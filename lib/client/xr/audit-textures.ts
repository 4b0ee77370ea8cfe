import { type Material, type Object3D, Texture } from "three";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";

const BYTES_PER_PIXEL = 4;
/** 1 + 1/4 + 1/16 + … */
const WITH_MIPMAPS = 4 / 3;

/** Bytes of all textures the scene uses, mipmaps included. Panels know theirs; others follow from their size. */
export function measureTextures(scene: Object3D): number {
  const textures = new Set<Texture>();
  scene.traverse((object) => {
    const { material } = object as { material?: Material | Material[] };
    for (const each of Array.isArray(material) ? material : material ? [material] : [])
      collect(each, textures);
  });
  let bytes = 0;
  for (const { texture } of roomPanels) {
    bytes += texture.bytes;
    if (texture.picture) textures.delete(texture.picture.texture);
  }
  for (const texture of textures) bytes += textureBytes(texture);
  return Math.round(bytes);
}

function collect(material: Material, textures: Set<Texture>): void {
  for (const value of Object.values(material)) if (value instanceof Texture) textures.add(value);
  const { uniforms } = material as { uniforms?: Record<string, { value: unknown }> };
  for (const { value } of Object.values(uniforms ?? {})) if (value instanceof Texture) textures.add(value);
}

function textureBytes(texture: Texture): number {
  const { width = 0, height = 0 } = (texture.image ?? {}) as { width?: number; height?: number };
  return width * height * BYTES_PER_PIXEL * (texture.generateMipmaps ? WITH_MIPMAPS : 1);
}
