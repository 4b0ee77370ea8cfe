import { Container } from "@react-three/uikit";
import { type ReactNode, useEffect } from "react";
import { ChromeIcon } from "#components/room/chrome/chrome-icon.tsx";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { leave, pointAt } from "#lib/client/room/room-ui-speech.ts";
import { setControl } from "#lib/client/xr/chrome/control-places.ts";
import { TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";
import type { RoomIcon } from "#lib/core/room-ui/room-page.ts";

interface ChromeButtonProps {
  /** Unique while it is shown; tests aim by it. */
  id: string;
  label: string;
  icon?: RoomIcon;
  isDisabled?: boolean;
  isOn?: boolean;
  widthPx?: number;
  heightPx?: number;
  children?: ReactNode;
  onPress: () => void;
}

/** A button of at least 2.75°, with hover, pressed, off and chosen states and a name that is said. */
export function ChromeButton({
  id,
  label,
  icon,
  isDisabled = false,
  isOn = false,
  widthPx = TARGET_PX,
  heightPx = TARGET_PX,
  children,
  onPress,
}: ChromeButtonProps) {
  const theme = useChromeTheme();
  useEffect(() => () => leave(label), [label]);
  return (
    <Container
      ref={(container) => setControl(id, container)}
      width={widthPx}
      height={heightPx}
      flexShrink={0}
      alignItems="center"
      justifyContent={children ? "flex-start" : "center"}
      gap={12}
      paddingX={children ? 12 : 0}
      borderRadius={10}
      borderWidth={isOn ? 2 : 0}
      borderColor={theme.accent}
      backgroundColor={isOn ? theme.hover : theme.surface}
      pointerEvents="auto"
      cursor={isDisabled ? "default" : "pointer"}
      hover={isDisabled ? {} : { backgroundColor: theme.hover, borderWidth: 2, borderColor: theme.accent }}
      active={isDisabled ? {} : { backgroundColor: theme.pressed }}
      onHoverChange={(isHovered: boolean) => (isHovered ? pointAt(label) : leave(label))}
      onClick={(event: { stopPropagation: () => void }) => {
        event.stopPropagation();
        if (!isDisabled) onPress();
      }}
    >
      {icon && <ChromeIcon icon={icon} color={isDisabled ? theme.faint : isOn ? theme.accent : theme.ink} />}
      {children}
    </Container>
  );
}
