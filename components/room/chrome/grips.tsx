import type {
  PointerEvent as ScenePointerEvent,
  WheelEvent as SceneWheelEvent,
} from "@pmndrs/pointer-events";
import { useFrame, useThree } from "@react-three/fiber";
import { useEffect, useRef, useState } from "react";
import type { Group } from "three";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { leave, pointAt } from "#lib/client/room/room-ui-speech.ts";
import { setControl } from "#lib/client/xr/chrome/control-places.ts";
import { type GripDrag, startMoveDrag, startResizeDrag } from "#lib/client/xr/chrome/grip-drag.ts";
import { getPillTexture } from "#lib/client/xr/chrome/pill-texture.ts";
import { unitPlane } from "#lib/client/xr/chrome/unit-plane.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { BAR_GAP_PX, TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";

const MOVE_PX = 168;
const CORNER_PX = 52;
/** Of a corner grip from the corner, sideways and down. */
const CORNER_AWAY_PX = 6;

/** Below a panel: a bar to take it by, and its two lower corners to make it larger or smaller. They follow it while it is held. */
export function Grips({ panel, pixelSizeM }: { panel: PanelCore; pixelSizeM: number }) {
  const group = useRef<Group>(null);
  useFrame(() => {
    const [move, left, right] = group.current?.children ?? [];
    if (!move || !left || !right) return;
    const { widthM, heightM, bendRadiusM } = panel.surface.sheet;
    const away = CORNER_AWAY_PX * pixelSizeM;
    const angle = widthM / 2 / bendRadiusM;
    const isFlat = !Number.isFinite(bendRadiusM);
    const x = (isFlat ? widthM / 2 : bendRadiusM * Math.sin(angle)) + away;
    const z = isFlat ? 0 : bendRadiusM * (1 - Math.cos(angle));
    move.position.set(0, -heightM / 2 - (BAR_GAP_PX + TARGET_PX / 2) * pixelSizeM, 0);
    left.position.set(-x, -heightM / 2 - away, z);
    right.position.set(x, -heightM / 2 - away, z);
  });
  return (
    <group ref={group}>
      <Grip
        id="move"
        label="Move this panel"
        panel={panel}
        widthM={MOVE_PX * pixelSizeM}
        heightM={TARGET_PX * pixelSizeM}
        turn={0}
        start={startMoveDrag}
      />
      <Grip
        id="resize left"
        label="Resize this panel"
        panel={panel}
        widthM={CORNER_PX * pixelSizeM}
        heightM={TARGET_PX * pixelSizeM}
        turn={-Math.PI / 4}
        start={(panelId, event) => startResizeDrag(panelId, -1, event)}
      />
      <Grip
        id="resize right"
        label="Resize this panel"
        panel={panel}
        widthM={CORNER_PX * pixelSizeM}
        heightM={TARGET_PX * pixelSizeM}
        turn={Math.PI / 4}
        start={(panelId, event) => startResizeDrag(panelId, 1, event)}
      />
    </group>
  );
}

interface GripProps {
  id: string;
  label: string;
  panel: PanelCore;
  widthM: number;
  heightM: number;
  /** Radians. */
  turn: number;
  start: (panelId: string, event: ScenePointerEvent) => GripDrag | null;
}

function Grip({ id, label, panel, widthM, heightM, turn, start }: GripProps) {
  const theme = useChromeTheme();
  const [isHovered, setHovered] = useState(false);
  const drag = useRef<GripDrag | null>(null);
  const canvas = useThree((state) => state.gl.domElement);
  useEffect(
    () => () => {
      leave(label);
      if (!drag.current) return;
      drag.current.end();
      delete canvas.dataset.held;
    },
    [label, canvas],
  );
  const hover = (hovered: boolean) => {
    setHovered(hovered);
    if (hovered) pointAt(label);
    else leave(label);
  };
  const finish = (event: ScenePointerEvent, how: "end" | "cancel") => {
    if (drag.current?.pointerId !== event.pointerId) return;
    event.stopPropagation();
    drag.current[how]();
    drag.current = null;
    delete canvas.dataset.held;
  };
  return (
    <mesh
      ref={(mesh) => setControl(id, mesh)}
      geometry={unitPlane}
      rotation-z={turn}
      scale={[widthM, heightM, 1]}
      onPointerEnter={() => hover(true)}
      onPointerLeave={() => hover(false)}
      onPointerDown={(event) => {
        event.stopPropagation();
        const pressed = event as unknown as ScenePointerEvent;
        if (drag.current) return;
        drag.current = start(panel.id, pressed);
        if (!drag.current) return;
        event.object.setPointerCapture(event.pointerId);
        // The view on a screen stays while something is held.
        canvas.dataset.held = panel.id;
      }}
      onPointerMove={(event) => {
        const moved = event as unknown as ScenePointerEvent;
        if (drag.current?.pointerId === moved.pointerId) drag.current.move(moved);
      }}
      onPointerUp={(event) => finish(event as unknown as ScenePointerEvent, "end")}
      onPointerCancel={(event) => finish(event as unknown as ScenePointerEvent, "cancel")}
      onWheel={(event) => drag.current?.wheel((event as unknown as SceneWheelEvent).deltaY)}
    >
      <meshBasicMaterial
        map={getPillTexture()}
        color={isHovered ? theme.accent : theme.muted}
        transparent
        toneMapped={false}
      />
    </mesh>
  );
}
