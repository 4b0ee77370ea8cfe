import { type Camera, MathUtils, type PerspectiveCamera, Vector3, type WebGLRenderer } from "three";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { assignSurfaces } from "#lib/client/xr/panel/assign-surfaces.ts";
import { readHead } from "#lib/client/xr/panel/layout-frame.ts";
import type { PanelStep } from "#lib/client/xr/panel/panel-core.ts";
import { roomPanels, watchRoomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { roomQuality, stepQuality } from "#lib/client/xr/panel/room-quality.ts";
import {
  noticeOutOfMemory,
  screenPxPerDeg,
  shareTextureMemory,
} from "#lib/client/xr/panel/share-texture-memory.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

const FAR_COS = Math.cos(MathUtils.degToRad(40));
const IN_VIEW_COS = Math.cos(MathUtils.degToRad(55));
/** Memory is shared out again at most so often: each time textures may be made anew. */
const SHARE_EVERY_MS = 250;

const forward = new Vector3();
const right = new Vector3();
const towards = new Vector3();
const eye = new Vector3();

/** What all panels do in a frame, in one place and without allocation. */
export interface PanelLoop {
  step(renderer: WebGLRenderer, camera: Camera, frame: XRFrame | undefined, deltaMs: number): void;
  dispose(): void;
}

export function createPanelLoop(): PanelLoop {
  let isDirty = true;
  let sinceSharedMs = SHARE_EVERY_MS;
  let qualityChanges = -1;
  let rebuilds = 0;
  let panelStep: PanelStep | null = null;
  const dirty = (): void => {
    isDirty = true;
    stirRoom();
  };
  const stops = [
    xrStore.subscribe(({ session }, previous) => {
      if (session !== previous.session) dirty();
    }),
    watchRoomPanels(dirty),
    browserStore.subscribe(({ session }, previous) => {
      if (
        session.activeId !== previous.session.activeId ||
        session.space.panels !== previous.session.space.panels
      )
        dirty();
    }),
    roomPanelStore.subscribe(({ heldIds }, previous) => {
      if (heldIds !== previous.heldIds) dirty();
    }),
  ];

  const share = (renderer: WebGLRenderer, camera: Camera, deltaMs: number): void => {
    sinceSharedMs += deltaMs;
    if (qualityChanges !== roomQuality.changes) isDirty = true;
    // What is being moved keeps its tiles until it is let go.
    if (!isDirty || sinceSharedMs < SHARE_EVERY_MS || roomPanelStore.getState().heldIds.length > 0) return;
    isDirty = false;
    sinceSharedMs = 0;
    qualityChanges = roomQuality.changes;
    assignSurfaces(renderer);
    const { domElement } = renderer;
    shareTextureMemory(renderer, screenPxPerDeg(domElement.height, (camera as PerspectiveCamera).fov ?? 55));
  };

  return {
    step(renderer, camera, frame, deltaMs) {
      readHead(camera);
      eye.setFromMatrixPosition(camera.matrixWorld);
      forward.setFromMatrixColumn(camera.matrixWorld, 2).negate().normalize();
      right.setFromMatrixColumn(camera.matrixWorld, 0).normalize();
      share(renderer, camera, deltaMs);
      const farPeriodMs = 1000 / roomQuality.quality.farPanelHz;
      let textInView = false;
      let builds = 0;
      panelStep ??= { renderer, frame, deltaMs, mayUpload: true, gazeCos: 1, gazeSide: 0 };
      panelStep.renderer = renderer;
      panelStep.frame = frame;
      panelStep.deltaMs = deltaMs;
      for (let index = 0; index < roomPanels.length; index++) {
        const panel = roomPanels[index];
        if (!panel) continue;
        towards.setFromMatrixPosition(panel.object.matrixWorld).sub(eye).normalize();
        const cos = towards.dot(forward);
        if (cos > IN_VIEW_COS) textInView = true;
        panel.sinceUploadMs += deltaMs;
        const mayUpload = cos > FAR_COS || panel.sinceUploadMs >= farPeriodMs;
        if (mayUpload) panel.sinceUploadMs = 0;
        panelStep.mayUpload = mayUpload;
        panelStep.gazeCos = cos;
        panelStep.gazeSide = towards.dot(right);
        panel.update(panelStep);
        builds += panel.rebuilds;
      }
      if (builds !== rebuilds) {
        rebuilds = builds;
        if (noticeOutOfMemory(renderer)) isDirty = true;
      }
      stepQuality(renderer, deltaMs, textInView);
    },
    dispose() {
      for (const stop of stops) stop();
    },
  };
}
