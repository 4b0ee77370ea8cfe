import { useFrame } from "@react-three/fiber";
import { Container } from "@react-three/uikit";
import { useEffect, useRef } from "react";
import type { Group } from "three";
import { useStore } from "zustand";
import { Grips } from "#components/room/chrome/grips.tsx";
import { BarHint, PanelBar } from "#components/room/chrome/panel-bar.tsx";
import { useBarPanelId } from "#components/room/chrome/use-bar-panel.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { followBarPanel } from "#lib/client/room/room-ui-bar.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { BAR_GAP_PX, BAR_HEIGHT_PX, barLayout, pixelSizeM } from "#lib/core/room-ui/chrome-metrics.ts";
import { findPanel } from "#lib/core/space/session.ts";

/** Metres in front of the panel, so that a bent one does not cut through its bar. */
const IN_FRONT_M = 0.012;

/** The one full bar of the room: one root of uikit that goes to the panel the person is at, and follows it while it is held. */
export function PanelBarRoot({ panels }: { panels: readonly PanelCore[] }) {
  const group = useRef<Group>(null);
  const bar = useRef<Group>(null);
  const panelId = useBarPanelId();
  const panel = panels.find(({ id }) => id === panelId);
  const pose = useStore(browserStore, ({ session }) => findPanel(session, panelId)?.pose);
  const textScale = useStore(roomSettingsStore, (settings) => settings.textScale);
  const pixel = pixelSizeM(pose?.distanceM ?? 1.6, textScale);
  const { widthPx } = barLayout((pose?.widthM ?? 1) / pixel);

  useEffect(followBarPanel, []);
  useFrame(() => {
    if (!panel || !group.current || !bar.current) return;
    panel.object.updateWorldMatrix(true, false);
    group.current.matrix.copy(panel.object.matrixWorld);
    group.current.matrixWorldNeedsUpdate = true;
    const up = panel.surface.sheet.heightM / 2 + (BAR_GAP_PX + BAR_HEIGHT_PX / 2) * pixel;
    bar.current.position.set(0, up, IN_FRONT_M);
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another panel or size has to be drawn once.
  useEffect(() => stirRoom(), [panel, pixel, widthPx]);

  if (!panel || !pose) return null;
  return (
    <group ref={group} matrixAutoUpdate={false} name="chrome">
      <group ref={bar}>
        <Container
          pixelSize={pixel}
          width={widthPx}
          height={BAR_HEIGHT_PX}
          alignItems="center"
          justifyContent="center"
          pointerEvents="none"
        >
          <PanelBar panelId={panel.id} layout={barLayout(pose.widthM / pixel)} />
          <BarHint />
        </Container>
      </group>
      <Grips panel={panel} pixelSizeM={pixel} />
    </group>
  );
}
