import { useEffect, useMemo, useRef, useState } from "react";
import type { Group } from "three";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import {
  acquireText,
  releaseText,
  type TextLine,
  type TextTexture,
} from "#lib/client/xr/chrome/text-texture.ts";
import { unitPlane } from "#lib/client/xr/chrome/unit-plane.ts";
import { applyPose } from "#lib/client/xr/panel/panel-frame.ts";
import { pixelSizeM } from "#lib/core/room-ui/chrome-metrics.ts";
import { findPanel } from "#lib/core/space/session.ts";

const WIDTH_PX = 360;

/** A panel beyond those that are drawn: its name at its place. Pressed, it becomes a page and another one a card. */
export function PanelCard({ panelId }: { panelId: string }) {
  const group = useRef<Group>(null);
  const theme = useChromeTheme();
  const panel = useStore(browserStore, ({ session }) => findPanel(session, panelId));
  const title = panelName(panel);
  const lines = useMemo(
    (): TextLine[] => [{ text: title, sizePx: 20, weight: 600, color: theme.ink }],
    [title, theme],
  );
  const [picture, setPicture] = useState<TextTexture | null>(null);
  useEffect(() => {
    const plate = { background: theme.surface };
    setPicture(acquireText(lines, WIDTH_PX, plate));
    stirRoom();
    return () => releaseText(lines, WIDTH_PX, plate);
  }, [lines, theme]);
  useEffect(() => {
    if (group.current && panel) applyPose(group.current, panel.pose);
    stirRoom();
  }, [panel]);
  const pixel = pixelSizeM(panel?.pose.distanceM ?? 1.6);
  return (
    <group ref={group}>
      {picture && (
        // biome-ignore lint/a11y/noStaticElementInteractions: a mesh is no element; the strip of tabs in the DOM is the accessible way.
        <mesh
          geometry={unitPlane}
          userData={{ panelId }}
          scale={[picture.widthPx * pixel, picture.heightPx * pixel, 1]}
          onClick={() => runCommand("tab.select", { panelId })}
        >
          <meshBasicMaterial map={picture.texture} transparent toneMapped={false} />
        </mesh>
      )}
    </group>
  );
}
