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
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import { documentFigures } from "#lib/client/xr/panel/document-figures.ts";
import { followLink } from "#lib/client/xr/panel/follow-link.ts";
import type { PanelCore, PanelReading } from "#lib/client/xr/panel/panel-core.ts";
import { applyPose } from "#lib/client/xr/panel/panel-frame.ts";
import { openPanelMenu } from "#lib/client/xr/panel/panel-menu.ts";
import { listenPanelPointers } from "#lib/client/xr/panel/panel-pointer.ts";
import { createPanelSurface, type MakeSurfaceLayer } from "#lib/client/xr/panel/panel-surface.ts";
import { createPanelViewHandle } from "#lib/client/xr/panel/panel-view-handle.ts";
import { createTileTexture } from "#lib/client/xr/tile-texture.ts";
import { type LegiblePanel, legiblePanel } from "#lib/core/layout/legibility.ts";
import { activatePanel } from "#lib/core/space/panels.ts";
import { findPanel } from "#lib/core/space/session.ts";
import { panelContent } from "#lib/core/surfaces/panel-content.ts";
import { sheetOf } from "#lib/core/surfaces/panel-sheet.ts";
import { createMomentum, stepMomentum } from "#lib/core/surfaces/scroll-momentum.ts";
import type { Panel, Pose } from "#lib/protocol/space.ts";

export interface DocumentPanelOptions {
  panelId: string;
  renderer: WebGLRenderer;
  reading: PanelReading;
  makeLayer: MakeSurfaceLayer | undefined;
  isStill: () => boolean;
}

/** A panel of the reader: its page as tiles, laid out and painted by a worker. */
export function createDocumentPanel(options: DocumentPanelOptions): PanelCore {
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

  const pointers = listenPanelPointers({
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
  });

  const stops = [
    pointers.stop,
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
    engine: "reader",
    object,
    surface,
    content: documentFigures(documents),
    sinceUploadMs: 0,
    get texture() {
      return tiles;
    },
    get rebuilds() {
      return rebuilds;
    },
    rebuildTexture() {
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
    update({ renderer: frameRenderer, frame, deltaMs, mayUpload }) {
      if (pointers.step(deltaMs)) stirRoom();
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
