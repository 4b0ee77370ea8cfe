import { Container } from "@react-three/uikit";
import { useEffect } from "react";
import type { ThreePointer } from "#components/room/chrome/three-pointer.ts";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { leave, pointAt } from "#lib/client/room/room-ui-speech.ts";
import { setControl } from "#lib/client/xr/chrome/control-places.ts";
import { BAR_HEIGHT_PX, TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";

interface MoveBarProps {
  widthPx: number;
  onMove: (event: ThreePointer) => void;
  onResize: (event: ThreePointer, corner: "left" | "right") => void;
}

/** Below a panel: a bar to take it by, and its two lower corners to make it larger or smaller. */
export function MoveBar({ widthPx, onMove, onResize }: MoveBarProps) {
  return (
    <Container
      width={widthPx}
      height={BAR_HEIGHT_PX}
      flexShrink={0}
      alignItems="center"
      justifyContent="space-between"
      pointerEvents="none"
    >
      <Grip id="resize left" label="Resize" widthPx={28} onDown={(event) => onResize(event, "left")} />
      <Grip id="move" label="Move" widthPx={160} onDown={onMove} />
      <Grip id="resize right" label="Resize" widthPx={28} onDown={(event) => onResize(event, "right")} />
    </Container>
  );
}

/** A short thick line in a target that is large enough to be hit. */
function Grip({
  id,
  label,
  widthPx,
  onDown,
}: {
  id: string;
  label: string;
  widthPx: number;
  onDown: (event: ThreePointer) => void;
}) {
  const theme = useChromeTheme();
  useEffect(() => () => leave(label), [label]);
  return (
    <Container
      ref={(container) => setControl(id, container)}
      width={Math.max(TARGET_PX, widthPx + 20)}
      height={TARGET_PX}
      alignItems="center"
      justifyContent="center"
      cursor="grab"
      pointerEvents="auto"
      onHoverChange={(isHovered: boolean) => (isHovered ? pointAt(label) : leave(label))}
      onPointerDown={(event: ThreePointer) => {
        event.stopPropagation();
        onDown(event);
      }}
    >
      <Container
        width={widthPx}
        height={10}
        borderRadius={5}
        backgroundColor={theme.muted}
        borderWidth={1}
        borderColor={theme.surface}
        pointerEvents="none"
        hover={{ backgroundColor: theme.accent }}
      />
    </Container>
  );
}
