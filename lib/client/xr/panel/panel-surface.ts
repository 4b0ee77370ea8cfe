import {
  type BufferGeometry,
  Mesh,
  MeshBasicMaterial,
  NoBlending,
  NormalBlending,
  type Texture,
  type WebGLRenderer,
} from "three";
import { acquirePanelGeometry, releasePanelGeometry } from "#lib/client/xr/panel/panel-geometry.ts";
import type { TilePicture } from "#lib/client/xr/tile-texture.ts";
import type { SurfaceKind } from "#lib/core/surfaces/choose-surface.ts";
import type { PanelSheet } from "#lib/core/surfaces/panel-mesh.ts";

/**
 * What a panel is drawn on. The mesh is always in the scene: pointers meet it, and
 * where a compositor's layer shows the picture it holds the place for it.
 */
export interface PanelSurface {
  readonly kind: SurfaceKind;
  readonly mesh: Mesh<BufferGeometry, MeshBasicMaterial>;
  setSheet(sheet: PanelSheet): void;
  readonly sheet: PanelSheet;
  setPicture(picture: TilePicture | null): void;
  /** Told when texels or the part in view have changed. */
  touch(): void;
  /** Once a frame, before the scene is drawn. Allocates nothing unless something changed. */
  update(renderer: WebGLRenderer, frame: XRFrame | undefined): void;
  /** Chooses another way of drawing; stays a mesh where the device refuses. */
  setKind(kind: SurfaceKind): void;
  dispose(): void;
}

/** The part that draws into a layer of the session, made on demand so that screens never load it. */
export interface SurfaceLayer {
  update(renderer: WebGLRenderer, frame: XRFrame, changed: boolean): void;
  dispose(): void;
}

export type MakeSurfaceLayer = (
  kind: Exclude<SurfaceKind, "mesh">,
  mesh: Mesh,
  sheet: PanelSheet,
  picture: TilePicture,
) => SurfaceLayer | null;

export interface PanelSurfaceOptions {
  sheet: PanelSheet;
  /** Seen before there is a picture: `#rrggbb`. */
  paper: string;
  makeLayer?: MakeSurfaceLayer | undefined;
}

export function createPanelSurface({ sheet: first, paper, makeLayer }: PanelSurfaceOptions): PanelSurface {
  let sheet = first;
  let picture: TilePicture | null = null;
  let kind: SurfaceKind = "mesh";
  let layer: SurfaceLayer | null = null;
  let changed = true;
  const material = new MeshBasicMaterial({ color: paper, toneMapped: false });
  const mesh = new Mesh(acquirePanelGeometry(sheet), material);

  const dropLayer = (): void => {
    layer?.dispose();
    layer = null;
    kind = "mesh";
    showAsMesh(mesh);
  };
  const makeLayerFor = (wanted: SurfaceKind): void => {
    if (wanted === "mesh" || !picture || !makeLayer) return;
    layer = makeLayer(wanted, mesh, sheet, picture);
    if (!layer) return;
    kind = wanted;
    changed = true;
    punchHole(mesh);
  };

  return {
    mesh,
    get kind() {
      return kind;
    },
    get sheet() {
      return sheet;
    },
    setSheet(next) {
      if (isSameSheet(sheet, next)) return;
      sheet = next;
      const geometry = acquirePanelGeometry(next);
      releasePanelGeometry(mesh.geometry);
      mesh.geometry = geometry;
      // A layer's shape is fixed when it is made.
      const was = kind;
      dropLayer();
      makeLayerFor(was);
    },
    setPicture(next) {
      if (next?.texture === picture?.texture) {
        picture = next;
        return;
      }
      const was = kind;
      dropLayer();
      picture = next;
      material.map = next?.texture ?? null;
      material.color.set(next ? "#ffffff" : paper);
      material.needsUpdate = true;
      makeLayerFor(was);
    },
    touch() {
      changed = true;
    },
    update(renderer, frame) {
      if (!layer || !frame) return;
      try {
        layer.update(renderer, frame, changed);
        changed = false;
      } catch {
        // The session took its layers away, or the driver refuses: the mesh shows the same.
        dropLayer();
      }
    },
    setKind(wanted) {
      if (wanted === kind) return;
      dropLayer();
      makeLayerFor(wanted);
    },
    dispose() {
      dropLayer();
      releasePanelGeometry(mesh.geometry);
      material.dispose();
    },
  };
}

function isSameSheet(a: PanelSheet, b: PanelSheet): boolean {
  return (
    a.widthM === b.widthM &&
    a.heightM === b.heightM &&
    a.bendRadiusM === b.bendRadiusM &&
    a.cornerRadiusM === b.cornerRadiusM
  );
}

/** Layers lie under the scene: where they are to be seen, the scene must be empty, whatever its background. */
function punchHole({ material }: Mesh<BufferGeometry, MeshBasicMaterial>): void {
  material.userData.shown = { map: material.map };
  material.map = null;
  material.color.set("#000000");
  material.opacity = 0;
  // Drawn among the transparent things, or three would write full opacity; written, not mixed.
  material.transparent = true;
  material.blending = NoBlending;
  material.depthWrite = true;
  material.needsUpdate = true;
}

function showAsMesh({ material }: Mesh<BufferGeometry, MeshBasicMaterial>): void {
  const shown = material.userData.shown as { map: Texture | null } | undefined;
  if (!shown) return;
  delete material.userData.shown;
  material.map ??= shown.map;
  material.color.set("#ffffff");
  material.opacity = 1;
  material.transparent = false;
  material.blending = NormalBlending;
  material.needsUpdate = true;
}
