import { Group, type WebGLRenderer } from "three";
import { followDownloads } from "#lib/client/live/features/follow-downloads.ts";
import { registerLiveFeatureCommands } from "#lib/client/live/features/live-feature-commands.ts";
import { openLiveMenu } from "#lib/client/live/features/open-live-menu.ts";
import { getLiveTab, type LiveTab, watchLiveTabs } from "#lib/client/live/live-tab.ts";
import { setSoundPlace } from "#lib/client/live/sound/sound-places.ts";
import { noteLivePress } from "#lib/client/room/live-text-entry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import {
  notePressed,
  registerRoomPanel,
  roomPanelStore,
  setHeld,
  setPointed,
} from "#lib/client/room/panel-state.ts";
import { browserStore, getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { themeColors } from "#lib/client/surface/engine/theme-colors.ts";
import { listenLivePointers } from "#lib/client/xr/live/live-pointer.ts";
import { createLiveTexture } from "#lib/client/xr/live/live-texture.ts";
import type { PanelCore, PanelReading, PanelStep } from "#lib/client/xr/panel/panel-core.ts";
import { applyPose } from "#lib/client/xr/panel/panel-frame.ts";
import { screenPoint } from "#lib/client/xr/panel/panel-menu.ts";
import { createPanelSurface, type MakeSurfaceLayer } from "#lib/client/xr/panel/panel-surface.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { DEG } from "#lib/core/layout/angles.ts";
import { type LegiblePanel, legiblePanel } from "#lib/core/layout/legibility.ts";
import { angularWidthDeg } from "#lib/core/layout/panel-shape.ts";
import {
  type AttentionInput,
  createAttention,
  isAttentionSettling,
  stepAttention,
} from "#lib/core/live/room-attention.ts";
import { isSameViewport, roomViewport } from "#lib/core/live/room-viewport.ts";
import { activatePanel } from "#lib/core/space/panels.ts";
import { findPagePanel } from "#lib/core/space/session.ts";
import { sheetOf } from "#lib/core/surfaces/panel-sheet.ts";
import type { PagePanel, Pose } from "#lib/protocol/space.ts";

export interface LivePanelOptions {
  panelId: string;
  renderer: WebGLRenderer;
  reading: PanelReading;
  makeLayer: MakeSurfaceLayer | undefined;
  isStill: () => boolean;
}

/** More pixels than this beside what the display shows, and a picture shimmers without smaller levels. */
const MINIFIED_FROM = 1.3;

/**
 * A panel of the live engine: the picture of its tab on the panel's sheet, and what
 * pointers do to it told to the tab. The tab itself lives outside the room, so that
 * entering and leaving change nothing for the page.
 */
export function createLivePanel(options: LivePanelOptions): PanelCore {
  const { panelId, renderer } = options;
  let { reading } = options;
  let panel = findPagePanel(getSession(), panelId) as PagePanel;
  let previewed: Pose | null = null;
  let scale = 1;
  let legible = measure();
  let halfWidthDeg = angularWidthDeg(legible.pose) / 2;
  let viewport = wantedViewport();
  let tab: LiveTab | null = null;
  let stopTab = (): void => {};
  let rebuilds = 0;
  const attention = createAttention();
  const attentionInput: AttentionInput = { wanted: false, awayDeg: 0 };
  const object = new Group();
  const texture = createLiveTexture(renderer);
  const surface = createPanelSurface({
    sheet: sheetOf(legible.pose),
    paper: themeColors(reading.theme, reading.highContrast).paper,
    makeLayer: options.makeLayer,
  });
  surface.mesh.userData.panelId = panelId;
  object.add(surface.mesh);

  function measure(): LegiblePanel {
    const { textScale } = reading;
    return legiblePanel({ pose: previewed ?? panel.pose, zoom: panel.state.zoom, textScale });
  }
  function wantedViewport() {
    return roomViewport({ legible, zoom: panel.state.zoom, textScale: reading.textScale, scale });
  }
  /** The page as it is laid out now, which follows what was asked for after a moment. */
  const pageSize = { width: 0, height: 0 };
  const getPageSize = () => {
    const state = tab?.store.getState();
    const laidOut = state?.viewport ?? viewport;
    const zoom = state?.zoom ?? 1;
    pageSize.width = laidOut.width / zoom;
    pageSize.height = laidOut.height / zoom;
    return pageSize;
  };

  const tellViewer = (): void => {
    // A headset that was taken off asks for no frames, so nobody would step.
    const isAway = xrStore.getState().visibilityState === "hidden";
    tab?.setViewer("room", { attention: isAway ? "hidden" : attention.attention, viewport });
  };
  /** While a panel is held its page is stretched; it is laid out anew when it is let go. */
  const settle = (): void => {
    legible = measure();
    halfWidthDeg = angularWidthDeg(legible.pose) / 2;
    applyPose(object, legible.pose);
    surface.setSheet(sheetOf(legible.pose));
    stirRoom();
    if (previewed) return;
    const wanted = wantedViewport();
    if (isSameViewport(wanted, viewport)) return;
    viewport = wanted;
    tellViewer();
  };
  const showCursor = (cursor: string): void => {
    surface.mesh.userData.cursor = cursor;
    if (roomPanelStore.getState().pointedId === panelId) renderer.domElement.style.cursor = cursor;
  };

  const followTab = (): void => {
    const next = getLiveTab(panelId) ?? null;
    if (next === tab) return;
    stopTab();
    tab = next;
    texture.setCanvas(next?.canvas ?? null);
    if (next) {
      const stopDrawn = next.onDrawn(() => {
        texture.touch();
        stirRoom();
      });
      const stopState = next.store.subscribe(({ cursor }, before) => {
        if (cursor !== before.cursor) showCursor(cursor);
      });
      const stopDownloads = followDownloads(next);
      stopTab = () => {
        stopDownloads();
        stopDrawn();
        stopState();
      };
      tellViewer();
    }
    stirRoom();
  };

  const pointer = listenLivePointers({
    mesh: surface.mesh,
    getSheet: () => surface.sheet,
    getViewport: getPageSize,
    getMode: () => panel.state.mode,
    isStill: options.isStill,
    send: (message) => tab?.send(message),
    onHover(pointerId, isPointed) {
      setPointed(panelId, pointerId, isPointed);
      renderer.domElement.style.cursor = isPointed ? (tab?.store.getState().cursor ?? "") : "";
    },
    onPress(byMouse) {
      notePressed(panelId);
      noteLivePress(panelId, byMouse);
      updateSession((session) => activatePanel(session, panelId));
    },
    onMenu(point, native) {
      const opener = renderer.domElement;
      if (tab) void openLiveMenu(tab, { at: screenPoint(native, opener), point, opener });
    },
    onWait: stirRoom,
    onHold(isHeld) {
      const { dataset } = renderer.domElement;
      if (isHeld) dataset.held = panelId;
      else delete dataset.held;
    },
  });
  const scrollBy = (deltaPx: number): void => {
    pointer.scrollBy(deltaPx);
    stirRoom();
  };
  const scrollPx = () => tab?.store.getState().page.scroll.y ?? 0;

  const stops = [
    xrStore.subscribe(({ visibilityState }, before) => {
      if (visibilityState !== before.visibilityState) tellViewer();
    }),
    watchLiveTabs((changedId) => {
      if (changedId === panelId) followTab();
    }),
    registerRoomPanel({
      panelId,
      get heightPx() {
        return getPageSize().height;
      },
      // How long the page is only the node knows: to its end is farther than any wheel turns.
      contentHeightPx: Number.MAX_SAFE_INTEGER,
      get surfaceKind() {
        return surface.kind;
      },
      scrollBy,
      scrollTo: (px) => scrollBy(px - scrollPx()),
      fling: (velocity) => scrollBy(velocity / 3),
    }),
    browserStore.subscribe(({ session }) => {
      const next = findPagePanel(session, panelId);
      if (!next) return;
      const before = panel;
      panel = next;
      if (next.pose !== before.pose || next.state.zoom !== before.state.zoom) settle();
    }),
  ];
  registerLiveFeatureCommands();
  settle();
  followTab();

  const attend = ({ gazeCos, deltaMs }: Readonly<PanelStep>): void => {
    const middleDeg = Math.acos(Math.min(1, Math.max(-1, gazeCos))) * DEG;
    attentionInput.wanted =
      getSession().activeId === panelId || roomPanelStore.getState().pointedId === panelId;
    attentionInput.awayDeg = Math.max(0, middleDeg - halfWidthDeg);
    if (stepAttention(attention, attentionInput, deltaMs)) tellViewer();
    // On a screen nothing else may ask for the frames that time needs.
    else if (isAttentionSettling(attention)) stirRoom();
  };

  return {
    id: panelId,
    engine: "live",
    object,
    surface,
    texture,
    sinceUploadMs: 0,
    content: {
      get widthPx() {
        return getPageSize().width;
      },
      get heightPx() {
        return getPageSize().height;
      },
      get scrollPx() {
        return scrollPx();
      },
      contentHeightPx: 0,
      get scale() {
        return viewport.dpr;
      },
      get pictures() {
        return texture.picture ? 1 : 0;
      },
      // Links are in the picture alone.
      findLink: () => null,
    },
    get rebuilds() {
      return rebuilds;
    },
    rebuildTexture() {
      surface.setPicture(null);
      texture.rebuild();
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
    setScale(next, pixelsPerDegree) {
      scale = next;
      texture.setMinified(next * legible.pxPerDegree > pixelsPerDegree * MINIFIED_FROM);
      settle();
    },
    update(step) {
      attend(step);
      setSoundPlace(panelId, step.gazeSide);
      if (pointer.step(step.deltaMs)) stirRoom();
      const before = texture.picture;
      if (step.mayUpload && texture.update()) {
        if (texture.picture !== before) rebuilds += 1;
        surface.setPicture(texture.picture);
        surface.touch();
        stirRoom();
      }
      surface.update(step.renderer, step.frame);
    },
    dispose() {
      for (const stop of stops) stop();
      stopTab();
      tab?.setViewer("room", null);
      setSoundPlace(panelId, null);
      pointer.dispose();
      setHeld(panelId, false);
      object.removeFromParent();
      surface.dispose();
      texture.dispose();
    },
  };
}
