import { Group, type WebGLRenderer } from "three";
import { registerView } from "#lib/client/pages/view-handles.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import {
  notePressed,
  registerRoomPanel,
  setHeld,
  setLink,
  setPointed,
} from "#lib/client/room/panel-state.ts";
import { browserStore, EMPTY_VIEW, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { createDocumentSurface } from "#lib/client/surface/document-surface.ts";
import type { DocumentSurface } from "#lib/client/surface/surface-contract.ts";
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import { followLink } from "#lib/client/xr/panel/follow-link.ts";
import { applyPose } from "#lib/client/xr/panel/panel-frame.ts";
import { openPanelMenu } from "#lib/client/xr/panel/panel-menu.ts";
import { listenPanelPointers } from "#lib/client/xr/panel/panel-pointer.ts";
import {
  createPanelSurface,
  type MakeSurfaceLayer,
  type PanelSurface,
} from "#lib/client/xr/panel/panel-surface.ts";
import { createPanelViewHandle } from "#lib/client/xr/panel/panel-view-handle.ts";
import { createTileTexture, type TileTexture } from "#lib/client/xr/tile-texture.ts";
import { type LegiblePanel, legiblePanel } from "#lib/core/layout/legibility.ts";
import { curveRadiusM } from "#lib/core/layout/panel-shape.ts";
import { activatePanel } from "#lib/core/space/panels.ts";
import { findPanel } from "#lib/core/space/session.ts";
import { panelContent } from "#lib/core/surfaces/panel-content.ts";
import type { PanelSheet } from "#lib/core/surfaces/panel-mesh.ts";
import { createMomentum, stepMomentum } from "#lib/core/surfaces/scroll-momentum.ts";
import type { Panel, Pose } from "#lib/protocol/space.ts";

/** Metres; a finger's width at arm's length, as the look has it. */
const CORNER_M = 0.02;

/** What a panel is read with: a person's settings, resolved for the panel and the device. */
export type PanelReading = Pick<SurfaceOptions, "appearance" | "theme" | "textScale" | "highContrast">;

export interface DocumentPanelOptions {
  panelId: string;
  renderer: WebGLRenderer;
  reading: PanelReading;
  makeLayer: MakeSurfaceLayer | undefined;
  isStill: () => boolean;
}

/** One panel in the room: its page, its texture, its sheet, and what pointers do to it. */
export interface DocumentPanel {
  readonly id: string;
  /** Stands at the panel's pose in the layout frame; chrome hangs in it. */
  readonly object: Group;
  readonly documents: DocumentSurface;
  readonly tiles: TileTexture;
  readonly surface: PanelSurface;
  readonly legible: LegiblePanel;
  /** The pose it is shown at: the space's, or the one it is being moved to. */
  readonly pose: Pose;
  /** Shows it elsewhere without a change of the space; null gives it back its own pose. */
  preview(pose: Pose | null): void;
  setReading(reading: PanelReading): void;
  setScale(scale: number): void;
  /** Grows with each texture made anew: the moments a device can run out of memory. */
  readonly rebuilds: number;
  /** After the graphics context was lost: the same page in a new texture. */
  rebuildTiles(): void;
  /** Kept by the frame loop: how long far panels have waited for their tiles. */
  sinceUploadMs: number;
  /** Once a frame. `mayUpload` is false in the frames a far panel leaves out. */
  update(renderer: WebGLRenderer, frame: XRFrame | undefined, deltaMs: number, mayUpload: boolean): void;
  dispose(): void;
}

export function createDocumentPanel(options: DocumentPanelOptions): DocumentPanel {
  const { panelId, renderer } = options;
  let { reading } = options;
  let panel = findPanel(getSession(), panelId) as Panel;
  let previewed: Pose | null = null;
  let scale = 1;
  let legible = measure();
  let shownCount = -1;
  const momentum = createMomentum();
  const object = new Group();
  const documents = createDocumentSurface(surfaceOptions());
  const surface = createPanelSurface({
    sheet: sheetOf(legible.pose),
    paper: documents.paper,
    makeLayer: options.makeLayer,
  });
  let tiles = createTileTexture({ surface: documents, renderer });
  let picture = tiles.picture;
  let rebuilds = 0;
  surface.mesh.userData.panelId = panelId;
  object.add(surface.mesh);

  function measure(): LegiblePanel {
    const zoom = panel.kind === "page" ? panel.state.zoom : 1;
    return legiblePanel({ pose: previewed ?? panel.pose, zoom, textScale: reading.textScale });
  }
  function surfaceOptions(): SurfaceOptions {
    const { cssWidth, cssHeight, zoom } = legible;
    return { ...reading, widthPx: cssWidth, heightPx: cssHeight, zoom, scale };
  }
  const place = (): void => {
    applyPose(object, legible.pose);
    surface.setSheet(sheetOf(legible.pose));
    stirRoom();
  };
  /** While a panel is held nothing is laid out: its page is stretched until it is let go. */
  const settle = (): void => {
    legible = measure();
    place();
    if (previewed) return;
    documents.configure(surfaceOptions());
  };

  const showContent = (): void => {
    const view = browserStore.getState().views[panelId] ?? EMPTY_VIEW;
    const isNew = view.shownCount !== shownCount;
    shownCount = view.shownCount;
    const stir = () => stirRoom();
    // A worker that cannot paint says so by its own event; what was painted stays.
    documents.show(panelContent(panel, view)).then(stir, stir);
    if (isNew && panel.kind === "page" && view.view?.status === "ready") {
      const scroll = panel.state.entries[panel.state.index]?.scroll;
      if (scroll) documents.setScroll(scroll);
    }
  };
  const documentShown = () => {
    const view = browserStore.getState().views[panelId]?.view;
    return view?.status === "ready" ? view.page : null;
  };

  const scrollBy = (deltaPx: number): void => {
    documents.scrollBy(deltaPx);
    stirRoom();
  };
  const fling = (velocity: number): void => {
    momentum.velocity = velocity;
    stirRoom();
  };
  const setHolding = (isHeld: boolean): void => {
    const { domElement } = renderer;
    if (isHeld) domElement.dataset.held = panelId;
    else delete domElement.dataset.held;
  };

  const stops = [
    listenPanelPointers({
      mesh: surface.mesh,
      documents,
      getSheet: () => surface.sheet,
      isStill: options.isStill,
      onHover: (hit, pointerId, isPointed) => {
        setPointed(panelId, pointerId, isPointed);
        setLink(panelId, hit?.href ?? null);
        renderer.domElement.style.cursor =
          hit?.href || hit?.action || hit?.command ? "pointer" : hit ? "text" : "";
      },
      onPress: () => {
        notePressed(panelId);
        updateSession((session) => activatePanel(session, panelId));
      },
      onClick: (hit, gesture) => followLink({ panelId, documents, page: documentShown() }, hit, gesture),
      onMenu: (hit, at, native) =>
        openPanelMenu({ panelId, documents, page: documentShown(), renderer }, hit, at, native),
      onScroll: (deltaPx) => {
        momentum.velocity = 0;
        scrollBy(deltaPx);
      },
      onFling: fling,
      onHold: setHolding,
    }),
    registerView(
      panelId,
      createPanelViewHandle({
        documents,
        getDocument: () => documentShown()?.document ?? null,
        focus: () => renderer.domElement.focus({ preventScroll: true }),
        panelId,
      }),
    ),
    registerRoomPanel({
      panelId,
      get heightPx() {
        return documents.options.heightPx;
      },
      get contentHeightPx() {
        return documents.contentHeightPx;
      },
      get surfaceKind() {
        return surface.kind;
      },
      scrollBy: (deltaPx) => {
        momentum.velocity = 0;
        scrollBy(deltaPx);
      },
      scrollTo: (px) => {
        momentum.velocity = 0;
        documents.scrollTo(px);
        stirRoom();
      },
      fling,
    }),
    documents.subscribe(() => stirRoom()),
    browserStore.subscribe((state, previous) => {
      const next = findPanel(state.session, panelId);
      if (!next) return;
      const before = panel;
      panel = next;
      const zoomed = next.kind === "page" && before.kind === "page" && next.state.zoom !== before.state.zoom;
      if (next.pose !== before.pose || zoomed) settle();
      const view = state.views[panelId];
      const moved = next.kind === "page" && before.kind === "page" && next.state.index !== before.state.index;
      if (
        view?.view !== previous.views[panelId]?.view ||
        view?.stopped !== previous.views[panelId]?.stopped ||
        moved
      )
        showContent();
    }),
  ];
  place();
  showContent();

  return {
    id: panelId,
    object,
    documents,
    surface,
    sinceUploadMs: 0,
    get tiles() {
      return tiles;
    },
    get rebuilds() {
      return rebuilds;
    },
    rebuildTiles() {
      surface.setPicture(null);
      tiles.dispose();
      tiles = createTileTexture({ surface: documents, renderer });
      documents.repaint();
    },
    get legible() {
      return legible;
    },
    get pose() {
      return legible.pose;
    },
    preview(pose) {
      previewed = pose;
      setHeld(panelId, pose !== null);
      settle();
    },
    setReading(next) {
      reading = next;
      settle();
    },
    setScale(next) {
      if (next === scale) return;
      scale = next;
      documents.configure({ scale });
    },
    update(frameRenderer, frame, deltaMs, mayUpload) {
      const glide = stepMomentum(momentum, deltaMs);
      if (glide !== 0) scrollBy(glide);
      if (mayUpload && tiles.update(frameRenderer)) {
        if (tiles.picture !== picture) rebuilds += 1;
        picture = tiles.picture;
        surface.setPicture(picture);
        surface.touch();
        stirRoom();
      }
      surface.update(frameRenderer, frame);
    },
    dispose() {
      for (const stop of stops) stop();
      setHeld(panelId, false);
      object.removeFromParent();
      surface.dispose();
      tiles.dispose();
      documents.dispose();
    },
  };
}

function sheetOf(pose: Pose): PanelSheet {
  return {
    widthM: pose.widthM,
    heightM: pose.widthM * pose.aspect,
    bendRadiusM: curveRadiusM(pose),
    cornerRadiusM: CORNER_M,
  };
}
