import { Text } from "@react-three/uikit";
import { PaintedText } from "#components/room/chrome/painted-text.tsx";
import { isCovered } from "#lib/core/room-ui/label-text.ts";

interface ChromeLabelProps {
  text: string;
  widthPx: number;
  color: string;
  sizePx?: number;
  weight?: number;
  /** Words that may be longer than their place are painted, which cuts them with an ellipsis. */
  isOwnWords?: boolean;
}

/** One line: the interface's own short words as glyphs of one draw, everything else painted. */
export function ChromeLabel({
  text,
  widthPx,
  color,
  sizePx = 16,
  weight = 500,
  isOwnWords = false,
}: ChromeLabelProps) {
  if (!isOwnWords || !isCovered(text))
    return <PaintedText lines={[{ text, sizePx, weight, color }]} widthPx={widthPx} />;
  return (
    <Text
      fontSize={sizePx}
      fontWeight={weight >= 600 ? "semi-bold" : "medium"}
      color={color}
      maxWidth={widthPx}
      whiteSpace="pre"
      pointerEvents="none"
      flexShrink={0}
    >
      {text}
    </Text>
  );
}
