import type { RootState } from "@react-three/fiber";
import { type Camera, Vector3, type WebGLRenderer } from "three";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { measureCoverage } from "#lib/client/xr/audit-coverage.ts";
import { measureTextures } from "#lib/client/xr/audit-textures.ts";
import { controlCentre, listControls } from "#lib/client/xr/chrome/control-places.ts";
import { shownCues } from "#lib/client/xr/input/gesture-cue.ts";
import { keyCentre } from "#lib/client/xr/keyboard-core.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { roomQuality } from "#lib/client/xr/panel/room-quality.ts";
import { findPanel } from "#lib/core/space/session.ts";
import type { SurfaceKind } from "#lib/core/surfaces/choose-surface.ts";
import { bend } from "#lib/core/surfaces/panel-mesh.ts";

export type WorldPoint = [x: number, y: number, z: number];

export interface PanelAudit {
  id: string;
  title: string;
  /** CSS pixels in a degree of the field of view, where there are most. */
  pxPerDegree: number;
  cssWidth: number;
  cssHeight: number;
  zoom: number;
  scrollPx: number;
  contentHeightPx: number;
  engine: "reader" | "live";
  /** Texture pixels per CSS pixel. */
  scale: number;
  /** Pictures there are; a live page is one. */
  tiles: number;
  /** Width and height of the picture that is in graphics memory; null until it was drawn for the first time, as one never seen is not. */
  uploadedPx: [width: number, height: number] | null;
  surfaceKind: SurfaceKind;
  /** Left top, right top, right bottom, left bottom. */
  worldCorners: WorldPoint[];
  /** A point of the sheet in the world: u to the right, v downwards, both 0 to 1. */
  hit(u: number, v: number): WorldPoint;
  /** The same, of a place in the document that is in view: CSS pixels from the viewport's corner. */
  at(x: number, y: number): WorldPoint;
  /** The middle of the link to an address that is in view, or null. */
  link(href: string): WorldPoint | null;
}

/** What the renderer did in the last frame and what it holds; read anew with every look at it. */
export interface RoomAudit {
  readonly frame: number;
  readonly drawCalls: number;
  readonly triangles: number;
  readonly textures: number;
  readonly textureBytes: number;
  readonly geometries: number;
  readonly panels: PanelAudit[];
  /** The title of the panel that is pointed at. */
  readonly pointed: string | null;
  /** The controls of bars and menus that are shown, by their names. */
  readonly controls: string[];
  /** The middle of a control in the world, or null while it is not shown. */
  control(id: string): WorldPoint | null;
  /** The middle of a key of the keyboard, by the ids of `keyCentre`; null while it is not shown. */
  key(id: string): WorldPoint | null;
  /** What a hand is shown to be about to do: a ring that fills, or the arrow of an armed swipe. */
  readonly cues: Readonly<typeof shownCues>;
  /** Share of the view, 0 to 1, that chrome and menus cover. */
  readonly uiCoverage: number;
  /** Views rendered in the last frame: 1 on a screen, 2 or 4 in a headset. */
  readonly views: number;
  readonly qualityLevel: number;
  /** Where a point of the world is in the window, in CSS pixels; null behind the view. */
  project(point: WorldPoint): { x: number; y: number } | null;
  /** Where the address has `?audit=manual`, frames come only from here: 60 a second, whatever the time. */
  advance(frames: number): void;
}

declare global {
  interface Window {
    __quiAudit?: RoomAudit;
  }
}

/** Read once: the address may change while the room is open. `manual` leaves every frame to `advance`. */
export function auditMode(): "off" | "watch" | "manual" {
  if (typeof window === "undefined") return "off";
  const value = new URL(window.location.href).searchParams.get("audit");
  if (value === null) return "off";
  return value === "manual" ? "manual" : "watch";
}

const FRAME_MS = 1000 / 60;
const scratch = new Vector3();

/**
 * Publishes the audit as `window.__quiAudit`. It changes nothing and tells nothing
 * of a page but its title; tests and whoever measures the room aim with it. See
 * docs/adr/0092. Returns how to take it away.
 */
export function publishAudit(getState: () => RootState): () => void {
  let clockMs = 0;
  const renderer = (): WebGLRenderer => getState().gl;
  const audit: RoomAudit = {
    get frame() {
      return renderer().info.render.frame;
    },
    get drawCalls() {
      return renderer().info.render.calls;
    },
    get triangles() {
      return renderer().info.render.triangles;
    },
    get textures() {
      return renderer().info.memory.textures;
    },
    get textureBytes() {
      return measureTextures(getState().scene);
    },
    get geometries() {
      return renderer().info.memory.geometries;
    },
    get panels() {
      return roomPanels.map((panel) => auditPanel(panel, renderer()));
    },
    get pointed() {
      const { pointedId } = roomPanelStore.getState();
      return roomPanels.some(({ id }) => id === pointedId)
        ? panelName(findPanel(getSession(), pointedId ?? ""))
        : null;
    },
    get controls() {
      return listControls();
    },
    control: (id) => controlCentre(id, scratch)?.toArray() ?? null,
    key(id) {
      const centre = keyCentre(id);
      return centre && [centre.x, centre.y, centre.z];
    },
    cues: shownCues,
    get uiCoverage() {
      const { scene, camera } = getState();
      return measureCoverage(scene, camera);
    },
    get views() {
      const { xr } = renderer();
      return xr.isPresenting ? xr.getCamera().cameras.length : 1;
    },
    get qualityLevel() {
      return roomQuality.quality.level;
    },
    project: (point) => project(point, getState().camera, renderer().domElement),
    advance(frames) {
      for (let frame = 0; frame < frames; frame++) {
        clockMs += FRAME_MS;
        getState().advance(clockMs / 1000);
      }
    },
  };
  window.__quiAudit = audit;
  return () => {
    if (window.__quiAudit === audit) delete window.__quiAudit;
  };
}

function auditPanel(panel: PanelCore, { properties }: WebGLRenderer): PanelAudit {
  const { content, legible, surface, object } = panel;
  const { picture } = panel.texture;
  const isUploaded = picture !== null && "__webglTexture" in (properties.get(picture.texture) as object);
  const hit = (u: number, v: number): WorldPoint => {
    const { widthM, heightM, bendRadiusM } = surface.sheet;
    const [x, z] = bend((u - 0.5) * widthM, bendRadiusM);
    object.updateWorldMatrix(true, false);
    return object.localToWorld(scratch.set(x, (0.5 - v) * heightM, z)).toArray();
  };
  const at = (x: number, y: number): WorldPoint => hit(x / content.widthPx, y / content.heightPx);
  return {
    id: panel.id,
    title: panelName(findPanel(getSession(), panel.id)),
    pxPerDegree: legible.pxPerDegree,
    cssWidth: legible.cssWidth,
    cssHeight: legible.cssHeight,
    zoom: legible.zoom,
    engine: panel.engine,
    scrollPx: content.scrollPx,
    contentHeightPx: content.contentHeightPx,
    scale: content.scale,
    tiles: content.pictures,
    uploadedPx: isUploaded ? [picture.widthPx, picture.heightPx] : null,
    surfaceKind: surface.kind,
    worldCorners: [hit(0, 0), hit(1, 0), hit(1, 1), hit(0, 1)],
    hit,
    at,
    link(href) {
      const place = content.findLink(href);
      return place && at(place.x, place.y);
    },
  };
}

function project(
  [x, y, z]: WorldPoint,
  camera: Camera,
  element: HTMLElement,
): { x: number; y: number } | null {
  camera.updateMatrixWorld();
  scratch.set(x, y, z).project(camera);
  if (scratch.z > 1) return null;
  const box = element.getBoundingClientRect();
  return {
    x: box.left + ((scratch.x + 1) / 2) * box.width,
    y: box.top + ((1 - scratch.y) / 2) * box.height,
  };
}
