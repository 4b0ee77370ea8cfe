"use client";

import { Canvas } from "@react-three/fiber";
import { noEvents, PointerEvents, XR } from "@react-three/xr";
import { RoomInput } from "#components/room/input/room-input.tsx";
import { RoomBoundary } from "#components/room/room-boundary.tsx";
import { RoomHud } from "#components/room/room-hud.tsx";
import { Scene } from "#components/room/scene.tsx";
import { ScreenView } from "#components/room/screen-view.tsx";
import { SessionBridge } from "#components/room/session/session-bridge.tsx";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** Degrees, vertical: about what a screen at arm's length covers twice over. */
const SCREEN_FOV_DEG = 55;

/** The space in 3D: on the screen, and in a session once a headset enters. The same scene draws both. */
export function Room() {
  return (
    <RoomBoundary>
      <div className="relative size-full overflow-hidden sm:rounded-panel" data-focus-part="room">
        <Canvas
          aria-label="The room"
          // Pages keep their own colours: no tone mapping.
          flat
          events={noEvents}
          camera={{ fov: SCREEN_FOV_DEG, near: 0.05, far: 120, position: [0, 0, 0] }}
          gl={{ antialias: true, alpha: true, powerPreference: "high-performance" }}
          dpr={[1, 2]}
        >
          <PointerEvents clickThresholdMs={500} />
          <XR store={xrStore}>
            <ScreenView />
            <SessionBridge />
            <RoomInput />
            <Scene />
          </XR>
        </Canvas>
        <RoomHud />
      </div>
    </RoomBoundary>
  );
}
