import { Text } from "@react-three/uikit";
import { charOf, loadIconFont } from "#components/room/chrome/icon-sheet.tsx";
import { iconFontSize } from "#lib/client/xr/chrome/icon-font.ts";
import type { RoomIcon } from "#lib/core/room-ui/room-page.ts";

const FONTS = { icons: { medium: loadIconFont } };

interface ChromeIconProps {
  icon: RoomIcon;
  color: string;
  sizePx?: number;
}

/** All icons of a root are one draw. */
export function ChromeIcon({ icon, color, sizePx = 22 }: ChromeIconProps) {
  return (
    <Text
      fontFamilies={FONTS}
      fontFamily="icons"
      fontWeight="medium"
      fontSize={iconFontSize(sizePx)}
      lineHeight="100%"
      color={color}
      pointerEvents="none"
      flexShrink={0}
    >
      {charOf(icon)}
    </Text>
  );
}
