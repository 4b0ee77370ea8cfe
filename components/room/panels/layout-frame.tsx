import { useFrame } from "@react-three/fiber";
import { type ReactNode, useEffect, useRef } from "react";
import { gaze } from "#lib/client/room/layout-gaze.ts";
import { listenRecentre } from "#lib/client/room/recentre.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { createHeadLock, stepHeadLockedPanel } from "#lib/client/xr/panel/head-lock.ts";
import {
  createLayoutFrameState,
  head,
  type LayoutFrameInput,
  layoutFrame,
  readHead,
  resetLayoutFrame,
  stepLayoutFrame,
} from "#lib/client/xr/panel/layout-frame.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { prefersStill } from "#lib/client/xr/panel/still.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { wrapDeg } from "#lib/core/layout/angles.ts";
import type { Pose } from "#lib/protocol/space.ts";

const poses: Pose[] = [];
const input: LayoutFrameInput = { follows: false, poses, reducedMotion: false };

/** What hangs in the layout frame goes along when it follows the person or comes round to them. */
export function LayoutFrame({ children }: { children: ReactNode }) {
  const state = useRef(createLayoutFrameState());
  const lock = useRef(createHeadLock());

  useEffect(() => {
    const reset = () => resetLayoutFrame(state.current);
    const stopRecentre = listenRecentre(reset);
    const stopSessions = xrStore.subscribe(({ session }, previous) => {
      if (session !== previous.session) reset();
    });
    return () => {
      stopRecentre();
      stopSessions();
    };
  }, []);

  useFrame(({ camera }, delta) => {
    readHead(camera);
    const { layout } = browserStore.getState().session.space;
    if (xrStore.getState().session) {
      input.follows = layout.follow;
      input.reducedMotion = prefersStill();
      poses.length = roomPanels.length;
      for (let index = 0; index < roomPanels.length; index++) {
        const panel = roomPanels[index];
        if (panel) poses[index] = panel.pose;
      }
      stepLayoutFrame(state.current, input, delta);
    }
    const turnDeg = (-layoutFrame.rotation.y * 180) / Math.PI;
    gaze.azimuthDeg = wrapDeg(head.azimuthDeg - turnDeg);
    gaze.elevationDeg = head.elevationDeg;
    stepHeadLockedPanel(lock.current, layout.headLockedId, gaze, delta);
  });

  return (
    <primitive object={layoutFrame} dispose={null}>
      {children}
    </primitive>
  );
}
