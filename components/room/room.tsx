"use client";

import { Canvas } from "@react-three/fiber";
import { noEvents, PointerEvents, XR } from "@react-three/xr";
import { useLayoutEffect, useState } from "react";
import { AuditPart } from "#components/room/panels/audit-part.tsx";
import { ContextGuard } from "#components/room/panels/context-guard.tsx";
import { FrameLoop } from "#components/room/panels/frame-loop.tsx";
import { LostNotice } from "#components/room/panels/lost-notice.tsx";
import { RoomFault } from "#components/room/panels/room-fault.tsx";
import { RoomFind } from "#components/room/panels/room-find.tsx";
import { RoomBoundary } from "#components/room/room-boundary.tsx";
import { RoomHud } from "#components/room/room-hud.tsx";
import { Scene } from "#components/room/scene.tsx";
import { ScreenView } from "#components/room/screen-view.tsx";
import { keepVisibleScrolls } from "#lib/client/commands/open-page.ts";
import { auditMode } from "#lib/client/xr/audit.ts";
import { hadWebGl, hasWebGl } from "#lib/client/xr/has-webgl.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/** The space in 3D: on the screen, and in a session once a headset enters. The same scene draws both. */
export function Room() {
  const [isLost, setLost] = useState(false);
  return (
    <RoomBoundary isLost={isLost} onRetry={() => setLost(false)}>
      <Stage isLost={isLost} setLost={setLost} />
    </RoomBoundary>
  );
}

function Stage({ isLost, setLost }: { isLost: boolean; setLost: (isLost: boolean) => void }) {
  // While its panels still stand: the flat view takes over where they were read.
  useLayoutEffect(() => keepVisibleScrolls, []);
  const [canDraw, setCanDraw] = useState(hasWebGl);
  // Asked before: a canvas that fails to start does so out of the boundary's reach.
  if (!canDraw)
    return <RoomFault kind={hadWebGl() ? "lost" : "no-webgl"} onRetry={() => setCanDraw(hasWebGl())} />;
  return (
    <div className="relative size-full overflow-hidden sm:rounded-panel" data-focus-part="room">
      <Canvas
        // Pages keep their own colours: no tone mapping.
        flat
        frameloop={auditMode() === "manual" ? "never" : "demand"}
        events={noEvents}
        camera={{ near: 0.05, far: 120, position: [0, 0, 0] }}
        gl={{ antialias: true, alpha: true, powerPreference: "high-performance" }}
        dpr={[1, 2]}
      >
        <PointerEvents clickThresholdMs={500} pointerTypePrefix="screen-" />
        <XR store={xrStore}>
          <ScreenView />
          <Scene />
          <FrameLoop />
          <AuditPart />
          <ContextGuard onChange={setLost} />
        </XR>
      </Canvas>
      <RoomFind />
      {isLost && <LostNotice />}
      <RoomHud />
    </div>
  );
}
