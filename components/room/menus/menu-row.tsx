import { Container } from "@react-three/uikit";
import { ChromeButton } from "#components/room/chrome/chrome-button.tsx";
import { ChromeLabel } from "#components/room/chrome/chrome-label.tsx";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runRowAction } from "#lib/client/room/run-row-action.ts";
import { TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";
import type { RoomRow } from "#lib/core/room-ui/room-page.ts";

const ROW_PX = 58;
const SWATCH_PX = 24;

interface MenuRowProps {
  row: RoomRow;
  widthPx: number;
  /** Too small for a second line. */
  isTile: boolean;
  heightPx?: number;
}

/** A row or tile of the menu: what it is, more about it, and at its end a second, smaller wish. */
export function MenuRow({ row, widthPx, isTile, heightPx = ROW_PX }: MenuRowProps) {
  const theme = useChromeTheme();
  const { label, detail = "", icon, checked, disabled = false, side, swatch } = row;
  const buttonPx = side ? widthPx - TARGET_PX - 4 : widthPx;
  const textPx = buttonPx - 24 - (icon || swatch ? 34 : 0) - (checked ? 34 : 0);
  const color = disabled ? theme.faint : theme.ink;
  const said = [label, detail, checked === undefined ? "" : checked ? "on" : "off"]
    .filter(Boolean)
    .join(", ");
  return (
    <Container width={widthPx} height={heightPx} alignItems="center" gap={4} pointerEvents="none">
      <ChromeButton
        id={`row ${row.id}`}
        label={said}
        {...(icon ? { icon } : {})}
        isDisabled={disabled}
        isOn={checked === true}
        widthPx={buttonPx}
        heightPx={heightPx}
        onPress={() => runRowAction(row.action)}
      >
        {swatch && (
          <Container
            width={SWATCH_PX}
            height={SWATCH_PX}
            flexShrink={0}
            borderRadius={SWATCH_PX / 2}
            borderWidth={1}
            borderColor={theme.line}
            backgroundColor={swatch}
            pointerEvents="none"
          />
        )}
        <Container
          flexDirection="column"
          justifyContent="center"
          gap={2}
          width={textPx}
          flexShrink={0}
          pointerEvents="none"
        >
          <ChromeLabel text={label} widthPx={textPx} color={color} sizePx={16} isOwnWords />
          {detail && !isTile ? (
            <ChromeLabel text={detail} widthPx={textPx} color={theme.muted} sizePx={13} isOwnWords />
          ) : null}
        </Container>
      </ChromeButton>
      {side && (
        <ChromeButton
          id={`side ${row.id}`}
          label={side.label}
          icon={side.icon}
          onPress={() => runRowAction(side.action)}
        />
      )}
    </Container>
  );
}
