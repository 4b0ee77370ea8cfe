import {
  type BufferAttribute,
  type BufferGeometry,
  Group,
  LinearFilter,
  Mesh,
  MeshBasicMaterial,
  SphereGeometry,
  SRGBColorSpace,
  Texture,
  VideoTexture,
} from "three";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import type { OpenMedia } from "#lib/client/xr/media/media-store.ts";
import { acquirePanelGeometry, releasePanelGeometry } from "#lib/client/xr/panel/panel-geometry.ts";
import { eyeWindow, flatAspect, type MediaProjection } from "#lib/core/surfaces/media-projection.ts";

/** Far enough that both eyes see a sphere as a horizon, within what the camera draws. */
const DOME_RADIUS_M = 40;
const CORNER_M = 0.02;
/** Layers that three gives to the eyes of a session; a screen has neither. */
const LEFT_LAYER = 1;
const RIGHT_LAYER = 2;

/** A picture or recording on a sheet or all around, one for each eye where there are two. */
export interface MediaScreen {
  readonly object: Group;
  /** Null for a picture. */
  readonly video: HTMLVideoElement | null;
  /** Width to height, once known. */
  readonly aspect: number;
  setProjection(projection: MediaProjection): void;
  setWidth(widthM: number): void;
  /** On a screen both see the left eye's picture. */
  setSession(isPresenting: boolean): void;
  dispose(): void;
}

export interface MediaScreenOptions {
  media: OpenMedia;
  widthM: number;
  /** Its size became known, it plays, pauses or fails. */
  onChange: () => void;
}

export function createMediaScreen({ media, widthM: firstWidth, onChange }: MediaScreenOptions): MediaScreen {
  let { projection } = media;
  let widthM = firstWidth;
  let isPresenting = false;
  let size = { width: media.width ?? 16, height: media.height ?? 9 };
  const object = new Group();
  const source = media.kind === "image" ? openPicture(media.src) : openVideo(media);
  const material = new MeshBasicMaterial({ map: source.texture, toneMapped: false });
  const eyes = (["left", "right"] as const).map((eye) => ({ eye, mesh: new Mesh(undefined, material) }));
  for (const { mesh } of eyes) object.add(mesh);

  const setLayers = (): void => {
    const isDouble = projection.stereo !== "mono";
    const [left, right] = eyes;
    if (!left || !right) return;
    left.mesh.layers.set(isDouble && isPresenting ? LEFT_LAYER : 0);
    right.mesh.layers.set(RIGHT_LAYER);
    right.mesh.visible = isDouble && isPresenting;
    stirRoom();
  };
  const rebuild = (): void => {
    for (const { eye, mesh } of eyes) {
      const before = mesh.geometry;
      mesh.geometry = windowed(makeShape(), projection, eye);
      before.dispose();
    }
    setLayers();
  };
  const makeShape = (): BufferGeometry => {
    if (projection.shape !== "flat") return dome(projection.shape === "half" ? Math.PI : 2 * Math.PI);
    const aspect = flatAspect(projection, size.width, size.height);
    const sheet = {
      widthM,
      heightM: widthM / aspect,
      bendRadiusM: Number.POSITIVE_INFINITY,
      cornerRadiusM: CORNER_M,
    };
    const shared = acquirePanelGeometry(sheet);
    // Its picture is cut out by its coordinates, so it is a sheet of its own.
    const own = shared.clone();
    releasePanelGeometry(shared);
    return own;
  };
  source.onSize((width, height) => {
    size = { width, height };
    rebuild();
    onChange();
  });
  for (const name of ["play", "pause", "volumechange", "ended", "error", "seeked"] as const)
    source.video?.addEventListener(name, onChange);
  rebuild();

  return {
    object,
    video: source.video,
    get aspect() {
      return flatAspect(projection, size.width, size.height);
    },
    setProjection(next) {
      projection = next;
      rebuild();
    },
    setWidth(next) {
      if (next === widthM) return;
      widthM = next;
      rebuild();
    },
    setSession(next) {
      isPresenting = next;
      setLayers();
    },
    dispose() {
      object.removeFromParent();
      for (const { mesh } of eyes) mesh.geometry.dispose();
      material.dispose();
      source.dispose();
    },
  };
}

interface MediaSource {
  texture: Texture;
  video: HTMLVideoElement | null;
  onSize(listener: (width: number, height: number) => void): void;
  dispose(): void;
}

function openVideo({ src, poster }: OpenMedia): MediaSource {
  const video = document.createElement("video");
  video.src = src;
  if (poster) video.poster = poster;
  video.playsInline = true;
  video.loop = false;
  const texture = new VideoTexture(video);
  texture.colorSpace = SRGBColorSpace;
  let stops = () => {};
  // Opened by a press, so it may sound; where the browser will not have it, the bar's button plays.
  void video.play().catch(() => {});
  const onFrame = (): void => {
    stirRoom(100);
    handle = video.requestVideoFrameCallback?.(onFrame) ?? 0;
  };
  let handle = video.requestVideoFrameCallback?.(onFrame) ?? 0;
  return {
    texture,
    video,
    onSize(listener) {
      const tell = () => listener(video.videoWidth || 16, video.videoHeight || 9);
      video.addEventListener("loadedmetadata", tell);
      stops = () => video.removeEventListener("loadedmetadata", tell);
    },
    dispose() {
      stops();
      video.cancelVideoFrameCallback?.(handle);
      video.pause();
      video.removeAttribute("src");
      video.load();
      texture.dispose();
    },
  };
}

function openPicture(src: string): MediaSource {
  const image = new Image();
  const texture = new Texture(image);
  texture.colorSpace = SRGBColorSpace;
  texture.minFilter = LinearFilter;
  texture.generateMipmaps = false;
  let onSize: (width: number, height: number) => void = () => {};
  image.onload = () => {
    texture.needsUpdate = true;
    onSize(image.naturalWidth, image.naturalHeight);
    stirRoom();
  };
  image.src = src;
  return {
    texture,
    video: null,
    onSize(listener) {
      onSize = listener;
    },
    dispose() {
      image.onload = null;
      texture.dispose();
    },
  };
}

/** The inside of a sphere around the head, its middle straight ahead. */
function dome(widthRad: number): BufferGeometry {
  return new SphereGeometry(DOME_RADIUS_M, 64, 32, -Math.PI / 2 - widthRad / 2, widthRad).scale(-1, 1, 1);
}

function windowed(
  geometry: BufferGeometry,
  { stereo }: MediaProjection,
  eye: "left" | "right",
): BufferGeometry {
  const { u, v, width, height } = eyeWindow(stereo, eye);
  const uv = geometry.getAttribute("uv") as BufferAttribute;
  for (let index = 0; index < uv.count; index++)
    uv.setXY(index, u + uv.getX(index) * width, v + uv.getY(index) * height);
  return geometry;
}
