import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { callBar } from "#lib/client/room/room-ui-bar.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import {
  acquireText,
  releaseText,
  type TextLine,
  type TextTexture,
} from "#lib/client/xr/chrome/text-texture.ts";
import { unitPlane } from "#lib/client/xr/chrome/unit-plane.ts";
import { BAR_GAP_PX, pixelSizeM } from "#lib/core/room-ui/chrome-metrics.ts";
import { describePanel } from "#lib/core/room-ui/describe-panel.ts";
import { findPanel } from "#lib/core/space/session.ts";

interface TitlePlateProps {
  panelId: string;
  widthM: number;
  heightM: number;
}

const TITLE_MAX_PX = 520;

/** The title of a panel the person is not at: one picture, one draw. Pointing at it calls the bar. */
export function TitlePlate({ panelId, widthM, heightM }: TitlePlateProps) {
  const theme = useChromeTheme();
  const textScale = useStore(roomSettingsStore, (settings) => settings.textScale);
  const panel = useStore(browserStore, ({ session }) => findPanel(session, panelId));
  const title = panel ? describePanel(panel, undefined).title : "";
  const pixel = pixelSizeM(panel?.pose.distanceM ?? 1.6, textScale);
  const widthPx = Math.min(TITLE_MAX_PX, widthM / pixel);
  const lines = useMemo(
    (): TextLine[] => [{ text: title, sizePx: 18, weight: 600, color: theme.ink }],
    [title, theme],
  );
  const [picture, setPicture] = useState<TextTexture | null>(null);
  useEffect(() => {
    const plate = { background: theme.surface };
    setPicture(acquireText(lines, widthPx, plate));
    return () => releaseText(lines, widthPx, plate);
  }, [lines, widthPx, theme]);
  if (!picture) return null;
  const height = picture.heightPx * pixel;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a mesh is no element; the strip of tabs in the DOM is the accessible way.
    <mesh
      geometry={unitPlane}
      position={[0, heightM / 2 + BAR_GAP_PX * pixel + height / 2, 0.004]}
      scale={[picture.widthPx * pixel, height, 1]}
      onPointerOver={() => callBar(panelId)}
      onClick={() => runCommand("tab.select", { panelId })}
    >
      <meshBasicMaterial map={picture.texture} transparent toneMapped={false} />
    </mesh>
  );
}
