import {
  ClampToEdgeWrapping,
  DataTexture,
  LinearFilter,
  LinearMipmapLinearFilter,
  RepeatWrapping,
  SRGBColorSpace,
  Texture,
  Vector2,
  type WebGLRenderer,
} from "three";
import type { DocumentSurface, SurfaceTile } from "#lib/client/surface/surface-contract.ts";
import { ringOffset, ringRepeat, TileRing } from "#lib/client/surface/tile-ring.ts";
import { TILE_HEIGHT_PX, tileRowsMax } from "#lib/client/surface/tile-window.ts";

/** A texture whose `offset` and `repeat` cut out the part in view. */
export interface TilePicture {
  texture: Texture;
  /** Of the part in view, in texels. */
  widthPx: number;
  heightPx: number;
}

export interface TileTextureOptions {
  surface: DocumentSurface;
  /** Read for its limits only. */
  renderer: Pick<WebGLRenderer, "capabilities">;
}

/**
 * A document surface as one texture: a ring of tile rows, as many as the view and
 * its margins need. A tile that arrives goes into its slot; scrolling sets the
 * offset. Where no tile is yet there is paper, never what was there before.
 */
export interface TileTexture {
  /** Null until there is something to see. Another object when the texture is another. */
  readonly picture: TilePicture | null;
  /** Of the graphics memory it holds, mipmaps included. */
  readonly bytes: number;
  /** Once a frame. Uploads a few tiles, allocates nothing. True when texels or the part in view have changed. */
  update(renderer: WebGLRenderer): boolean;
  dispose(): void;
}

/** Tiles put into the texture in one frame; each costs well under a millisecond of a headset's processor. */
const UPLOADS_MAX = 2;
const ANISOTROPY_MAX = 8;
/** All levels below the first together are a third of it. */
const MIPMAP_SHARE = 4 / 3;

const position = new Vector2();
/** Lends each tile's picture to the copy; never uploaded itself, so that three copies from the picture. */
const carrier = new Texture<ImageBitmap>();

interface Sheet {
  ring: TileRing;
  texture: DataTexture;
  picture: TilePicture;
  width: number;
  rowHeight: number;
  viewPx: number;
  paper: string;
}

export function createTileTexture({ surface, renderer }: TileTextureOptions): TileTexture {
  const { capabilities } = renderer;
  let shown: Sheet | null = null;
  /** Being filled, after a change of size, while the other is still seen. */
  let coming: Sheet | null = null;
  let blank: DataTexture | null = null;
  let offset = Number.NaN;
  let hasNews = true;
  const queue: SurfaceTile[] = [];

  const stop = surface.subscribe((event) => {
    if (event.type === "tile") enqueue(event.tile);
    else if (event.type === "drop") forget(event.index);
    else if (event.type === "layout" || event.type === "scroll") hasNews = true;
  });

  const enqueue = (tile: SurfaceTile): void => {
    unqueue(tile.index);
    queue.push(tile);
    hasNews = true;
  };
  const unqueue = (index: number): void => {
    const at = queue.findIndex((tile) => tile.index === index);
    if (at !== -1) queue.splice(at, 1)[0]?.bitmap.close();
  };
  const forget = (index: number): void => {
    unqueue(index);
    shown?.ring.release(index);
    coming?.ring.release(index);
    hasNews = true;
  };

  /** A new sheet when the surface's tiles no longer fit the last one. */
  const refit = (): void => {
    const { width, height } = surface.tileSize;
    const viewPx = surface.options.heightPx;
    const last = coming ?? shown;
    if (last && last.width === width && last.rowHeight === height && last.viewPx === viewPx) return;
    coming?.texture.dispose();
    const rows = Math.max(1, Math.min(tileRowsMax(viewPx), Math.floor(capabilities.maxTextureSize / height)));
    coming = createSheet(surface, rows, Math.min(ANISOTROPY_MAX, capabilities.getMaxAnisotropy()));
    blank?.dispose();
    blank = null;
    if (last) surface.repaint();
  };

  const upload = (gl: WebGLRenderer, sheet: Sheet, row: number, picture: Texture): void => {
    position.set(0, sheet.ring.slotOf(row) * sheet.rowHeight);
    gl.copyTextureToTexture(picture, sheet.texture, null, position);
    sheet.ring.take(row);
  };
  const blankOf = (sheet: Sheet): DataTexture => {
    if (blank?.userData.paper === surface.paper) return blank;
    blank?.dispose();
    blank = createBlank(sheet.width, sheet.rowHeight, surface.paper);
    return blank;
  };

  /** Rows in view whose slots hold something else are made paper, at once. */
  const blankStale = (gl: WebGLRenderer, sheet: Sheet): boolean => {
    const first = Math.floor(surface.scrollPx / TILE_HEIGHT_PX);
    const end = Math.ceil((surface.scrollPx + sheet.viewPx) / TILE_HEIGHT_PX);
    const written = Math.ceil(surface.contentHeightPx / TILE_HEIGHT_PX);
    // Below the text no tile will ever bring the new colour.
    if (sheet.paper !== surface.paper) for (let row = written; row < end; row++) sheet.ring.release(row);
    sheet.paper = surface.paper;
    let didBlank = false;
    for (let row = first; row < end; row++) {
      if (sheet.ring.holds(row)) continue;
      upload(gl, sheet, row, blankOf(sheet));
      didBlank = true;
    }
    return didBlank;
  };

  /** Before a texture is first seen: slots without a tile would shine black through smaller mipmaps. */
  const blankEmpty = (gl: WebGLRenderer, sheet: Sheet): void => {
    for (let slot = 0; slot < sheet.ring.slots; slot++) {
      if (sheet.ring.isEmpty(slot)) {
        position.set(0, slot * sheet.rowHeight);
        gl.copyTextureToTexture(blankOf(sheet), sheet.texture, null, position);
      }
    }
  };

  const takeTiles = (gl: WebGLRenderer, sheet: Sheet): boolean => {
    let uploads = 0;
    while (queue.length > 0 && uploads < UPLOADS_MAX) {
      const tile = queue.shift();
      if (!tile) break;
      const { bitmap, index } = tile;
      if (bitmap.width === sheet.width && bitmap.height === sheet.rowHeight) {
        carrier.image = bitmap;
        upload(gl, sheet, index, carrier);
        uploads++;
      }
      bitmap.close();
    }
    return uploads > 0;
  };

  const isFilled = (sheet: Sheet): boolean => {
    const last = Math.ceil(
      Math.min(surface.contentHeightPx, surface.scrollPx + sheet.viewPx) / TILE_HEIGHT_PX,
    );
    for (let row = Math.floor(surface.scrollPx / TILE_HEIGHT_PX); row < last; row++) {
      if (!sheet.ring.holds(row)) return false;
    }
    return surface.contentHeightPx > 0;
  };

  const moveWindow = (sheet: Sheet): boolean => {
    const next = ringOffset(surface.scrollPx, sheet.viewPx, sheet.ring.slots * TILE_HEIGHT_PX);
    if (next === offset) return false;
    offset = next;
    sheet.texture.offset.y = next;
    return true;
  };

  return {
    get picture() {
      return shown?.picture ?? null;
    },
    get bytes() {
      return bytesOf(shown) + bytesOf(coming);
    },
    update(gl) {
      if (!hasNews && queue.length === 0) return false;
      hasNews = false;
      refit();
      const filling = coming ?? shown;
      let changed = filling ? takeTiles(gl, filling) : false;
      if (coming && (isFilled(coming) || (!shown && changed))) {
        blankEmpty(gl, coming);
        shown?.texture.dispose();
        shown = coming;
        coming = null;
        offset = Number.NaN;
        changed = true;
      }
      if (!shown) return false;
      if (blankStale(gl, shown)) changed = true;
      // Once for all that was copied, not once for each.
      if (changed) updateMipmaps(gl, shown.texture);
      return moveWindow(shown) || changed;
    },
    dispose() {
      stop();
      for (const { bitmap } of queue.splice(0)) bitmap.close();
      for (const sheet of [shown, coming]) sheet?.texture.dispose();
      blank?.dispose();
      shown = null;
      coming = null;
    },
  };
}

function createSheet(surface: DocumentSurface, rows: number, anisotropy: number): Sheet {
  const { width, height } = surface.tileSize;
  const { heightPx } = surface.options;
  const texture = new DataTexture(null, width, rows * height);
  // Room is made in graphics memory, and nothing is copied into it from here.
  texture.source.dataReady = false;
  texture.colorSpace = SRGBColorSpace;
  texture.flipY = false;
  texture.wrapS = ClampToEdgeWrapping;
  texture.wrapT = RepeatWrapping;
  texture.magFilter = LinearFilter;
  texture.minFilter = LinearMipmapLinearFilter;
  texture.generateMipmaps = true;
  texture.anisotropy = anisotropy;
  texture.repeat.y = ringRepeat(heightPx, rows * TILE_HEIGHT_PX);
  texture.needsUpdate = true;
  const picture = { texture, widthPx: width, heightPx: Math.round((heightPx / TILE_HEIGHT_PX) * height) };
  const ring = new TileRing(rows);
  return { ring, texture, picture, width, rowHeight: height, viewPx: heightPx, paper: surface.paper };
}

/** Copies leave the smaller levels as they were, so that several cost one round of these. */
function updateMipmaps(renderer: WebGLRenderer, texture: Texture): void {
  const { __webglTexture } = renderer.properties.get(texture) as { __webglTexture?: WebGLTexture };
  if (!__webglTexture) return;
  const gl = renderer.getContext();
  renderer.state.activeTexture(gl.TEXTURE0);
  renderer.state.bindTexture(gl.TEXTURE_2D, __webglTexture);
  gl.generateMipmap(gl.TEXTURE_2D);
}

/** One row of paper. Its bytes stay on this side, to be copied wherever a tile is late. */
function createBlank(width: number, height: number, paper: string): DataTexture {
  const color = Number.parseInt(paper.slice(1), 16);
  const texels = new Uint32Array(width * height).fill(
    // Bytes in memory: red first.
    (0xff000000 | ((color & 0xff) << 16) | (color & 0xff00) | (color >> 16)) >>> 0,
  );
  const texture = new DataTexture(new Uint8Array(texels.buffer), width, height);
  texture.userData.paper = paper;
  return texture;
}

function bytesOf(sheet: Sheet | null): number {
  return sheet ? Math.round(sheet.width * sheet.rowHeight * sheet.ring.slots * 4 * MIPMAP_SHARE) : 0;
}
