import { Image } from "@react-three/uikit";
import { useEffect, useState } from "react";
import {
  acquireText,
  releaseText,
  type TextLine,
  type TextTexture,
} from "#lib/client/xr/chrome/text-texture.ts";

interface PaintedTextProps {
  lines: readonly TextLine[];
  widthPx: number;
}

/** Words of pages and people, in any script: a picture painted with the system's fonts. */
export function PaintedText({ lines, widthPx }: PaintedTextProps) {
  const [picture, setPicture] = useState<TextTexture | null>(null);
  const key = JSON.stringify(lines);
  useEffect(() => {
    const parsed = JSON.parse(key) as TextLine[];
    setPicture(acquireText(parsed, widthPx));
    return () => releaseText(parsed, widthPx);
  }, [key, widthPx]);
  if (!picture) return null;
  return (
    <Image
      src={picture.texture}
      width={picture.widthPx}
      height={picture.heightPx}
      keepAspectRatio={false}
      flexShrink={0}
      pointerEvents="none"
    />
  );
}
