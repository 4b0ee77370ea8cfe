import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Mesh } from "three";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
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
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { BAR_GAP_PX, pixelSizeM } from "#lib/core/room-ui/chrome-metrics.ts";
import { describePanel } from "#lib/core/room-ui/describe-panel.ts";
import { findPanel } from "#lib/core/space/session.ts";

const TITLE_MAX_PX = 520;
/** Metres before the panel's plane, so that neither cuts the other. */
const IN_FRONT_M = 0.004;

/** The title of a panel the person is not at: one picture, one draw. Pointing at it calls the bar. */
export function TitlePlate({ panel }: { panel: PanelCore }) {
  const mesh = useRef<Mesh>(null);
  const theme = useChromeTheme();
  const textScale = useStore(roomSettingsStore, (settings) => settings.textScale);
  const data = useStore(browserStore, ({ session }) => findPanel(session, panel.id));
  const title = data ? describePanel(data, undefined).title : "";
  const pixel = pixelSizeM(data?.pose.distanceM ?? 1.6, textScale);
  const widthPx = Math.min(TITLE_MAX_PX, (data?.pose.widthM ?? 1) / pixel);
  const lines = useMemo(
    (): TextLine[] => [{ text: title, sizePx: 18, weight: 600, color: theme.ink }],
    [title, theme],
  );
  const [picture, setPicture] = useState<TextTexture | null>(null);
  useEffect(() => {
    const plate = { background: theme.surface };
    setPicture(acquireText(lines, widthPx, plate));
    stirRoom();
    return () => releaseText(lines, widthPx, plate);
  }, [lines, widthPx, theme]);
  const height = (picture?.heightPx ?? 0) * pixel;
  useFrame(() => {
    mesh.current?.position.set(
      0,
      panel.surface.sheet.heightM / 2 + BAR_GAP_PX * pixel + height / 2,
      IN_FRONT_M,
    );
  });
  if (!picture) return null;
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a mesh is no element; the strip of tabs in the DOM is the accessible way.
    <mesh
      ref={mesh}
      geometry={unitPlane}
      scale={[picture.widthPx * pixel, height, 1]}
      onPointerOver={() => callBar(panel.id)}
      onClick={() => runCommand("tab.select", { panelId: panel.id })}
    >
      <meshBasicMaterial map={picture.texture} transparent toneMapped={false} />
    </mesh>
  );
}
