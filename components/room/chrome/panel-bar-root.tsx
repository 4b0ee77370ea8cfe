import { useFrame } from "@react-three/fiber";
import { Container } from "@react-three/uikit";
import { useEffect, useRef } from "react";
import type { Group } from "three";
import { useStore } from "zustand";
import { MoveBar } from "#components/room/chrome/move-bar.tsx";
import { BarHint, PanelBar } from "#components/room/chrome/panel-bar.tsx";
import { useBarPanelId } from "#components/room/chrome/use-bar-panel.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { followBarPanel } from "#lib/client/room/room-ui-bar.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { getGrabPort } from "#lib/client/xr/chrome/grab-port.ts";
import { panelAnchorStore } from "#lib/client/xr/chrome/panel-anchors.ts";
import { chromeSize } from "#lib/core/room-ui/chrome-metrics.ts";
import { findPanel } from "#lib/core/space/session.ts";

/** Metres in front of the panel, so that a bent one does not cut through its bar. */
const IN_FRONT_M = 0.012;

/** The one full bar of the room: one root of uikit that goes to the panel the person is at. */
export function PanelBarRoot() {
  const group = useRef<Group>(null);
  const panelId = useBarPanelId();
  const anchor = useStore(panelAnchorStore, ({ anchors }) => anchors[panelId ?? ""]);
  const distanceM = useStore(
    browserStore,
    ({ session }) => findPanel(session, panelId)?.pose.distanceM ?? 1.6,
  );
  const textScale = useStore(roomSettingsStore, (settings) => settings.textScale);

  useEffect(followBarPanel, []);
  useFrame(() => {
    if (!anchor || !group.current) return;
    anchor.object.updateWorldMatrix(true, false);
    group.current.matrix.copy(anchor.object.matrixWorld);
    group.current.matrixWorldNeedsUpdate = true;
  });
  // biome-ignore lint/correctness/useExhaustiveDependencies: another panel or size has to be drawn once.
  useEffect(() => stirRoom(), [anchor, panelId, textScale]);

  if (!panelId || !anchor) return null;
  const { widthPx, heightPx, panelWidthPx, pixelSizeM } = chromeSize(anchor, distanceM, textScale);
  return (
    <group ref={group} matrixAutoUpdate={false}>
      <group position={[0, 0, IN_FRONT_M]}>
        <Container
          pixelSize={pixelSizeM}
          width={widthPx}
          height={heightPx}
          flexDirection="column"
          alignItems="center"
          justifyContent="space-between"
          pointerEvents="none"
        >
          <PanelBar panelId={panelId} panelWidthPx={panelWidthPx} />
          <MoveBar
            widthPx={panelWidthPx}
            onMove={(event) => getGrabPort()?.startMove(panelId, event)}
            onResize={(event, corner) => getGrabPort()?.startResize(panelId, corner, event)}
          />
          <BarHint />
        </Container>
      </group>
    </group>
  );
}
