import {
  ClampToEdgeWrapping,
  LinearFilter,
  LinearMipmapLinearFilter,
  SRGBColorSpace,
  Texture,
  type WebGLRenderer,
} from "three";
import type { PanelTexture } from "#lib/client/xr/panel/panel-core.ts";
import type { TilePicture } from "#lib/client/xr/tile-texture.ts";

const ANISOTROPY_MAX = 8;
const BYTES_PER_PIXEL = 4;
/** All levels below the first together are a third of it. */
const MIPMAP_SHARE = 4 / 3;

/** The picture of a live tab as a texture: uploaded when a frame was drawn, never else. */
export interface LiveTexture extends PanelTexture {
  /** What it is uploaded from; null clears it. */
  setCanvas(canvas: HTMLCanvasElement | null): void;
  /** Whether the display shows fewer pixels than the picture has, and smaller levels are needed. */
  setMinified(isMinified: boolean): void;
  /** The canvas holds another picture. */
  touch(): void;
  /** Once a frame. True when the next draw uploads; `picture` is another one when its size or filters changed. */
  update(): boolean;
  /** Makes it anew after the graphics context was lost. */
  rebuild(): void;
  dispose(): void;
}

export function createLiveTexture(renderer: Pick<WebGLRenderer, "capabilities">): LiveTexture {
  let canvas: HTMLCanvasElement | null = null;
  let picture: TilePicture | null = null;
  let isMinified = false;
  let hasNews = false;

  const drop = (): void => {
    picture?.texture.dispose();
    picture = null;
  };
  const create = (source: HTMLCanvasElement): TilePicture => {
    const texture = new Texture(source);
    texture.colorSpace = SRGBColorSpace;
    // The first row of a canvas is its top, where a sheet's v is 1.
    texture.flipY = false;
    texture.repeat.y = -1;
    texture.offset.y = 1;
    texture.wrapS = ClampToEdgeWrapping;
    texture.wrapT = ClampToEdgeWrapping;
    texture.magFilter = LinearFilter;
    texture.minFilter = isMinified ? LinearMipmapLinearFilter : LinearFilter;
    texture.generateMipmaps = isMinified;
    // Panels aside are seen at a slant, where smaller levels alone would blur.
    texture.anisotropy = isMinified ? Math.min(ANISOTROPY_MAX, renderer.capabilities.getMaxAnisotropy()) : 1;
    return { texture, widthPx: source.width, heightPx: source.height };
  };

  return {
    get picture() {
      return picture;
    },
    get bytes() {
      if (!picture) return 0;
      const { widthPx, heightPx, texture } = picture;
      const share = texture.generateMipmaps ? MIPMAP_SHARE : 1;
      return Math.round(widthPx * heightPx * BYTES_PER_PIXEL * share);
    },
    setCanvas(next) {
      if (next === canvas) return;
      canvas = next;
      drop();
      // One that comes later than its tab has a picture already.
      hasNews = next !== null;
    },
    setMinified(next) {
      if (next === isMinified) return;
      isMinified = next;
      hasNews = true;
    },
    touch() {
      hasNews = true;
    },
    update() {
      if (!hasNews || !canvas || canvas.width === 0 || canvas.height === 0) return false;
      hasNews = false;
      const fits =
        picture?.widthPx === canvas.width &&
        picture.heightPx === canvas.height &&
        picture.texture.generateMipmaps === isMinified;
      // Room in graphics memory is made once for a size: another size is another texture.
      if (!fits) {
        drop();
        picture = create(canvas);
      }
      if (picture) picture.texture.needsUpdate = true;
      return true;
    },
    rebuild() {
      drop();
      hasNews = canvas !== null;
    },
    dispose() {
      canvas = null;
      drop();
    },
  };
}
