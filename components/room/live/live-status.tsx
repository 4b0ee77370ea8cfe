import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { useLiveTab } from "#components/live/use-live-tab.ts";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import {
  acquireText,
  releaseText,
  type TextLine,
  type TextTexture,
} from "#lib/client/xr/chrome/text-texture.ts";
import { unitPlane } from "#lib/client/xr/chrome/unit-plane.ts";
import type { PanelCore } from "#lib/client/xr/panel/panel-core.ts";
import { failureOfLoad } from "#lib/core/live/failure-of-load.ts";
import { liveCard } from "#lib/core/live/room-status.ts";
import { pixelSizeM } from "#lib/core/room-ui/chrome-metrics.ts";

const WIDTH_PX = 460;
/** Metres before the sheet's middle, so that a bent one does not cut through it. */
const IN_FRONT_M = 0.01;

/** What a live page is waiting for, on a card before it; nothing while it runs. */
export function LiveStatus({ panel }: { panel: PanelCore }) {
  const tab = useLiveTab(panel.id);
  return tab ? <TabStatus panel={panel} tab={tab} /> : null;
}

function TabStatus({ panel, tab }: { panel: PanelCore; tab: LiveTab }) {
  const theme = useChromeTheme();
  const status = useStore(tab.store, (state) => state.status);
  const hasPicture = useStore(tab.store, (state) => state.picture !== null);
  const loadError = useStore(tab.store, ({ loadFailure }) =>
    loadFailure ? failureOfLoad(loadFailure.error).message : null,
  );
  const card = useMemo(() => liveCard(status, { hasPicture, loadError }), [status, hasPicture, loadError]);
  const lines = useMemo((): TextLine[] => {
    if (!card) return [];
    const title: TextLine = { text: card.title, sizePx: 20, weight: 600, color: theme.ink };
    const detail: TextLine = { text: card.detail, sizePx: 16, weight: 500, color: theme.muted };
    return card.detail ? [title, detail] : [title];
  }, [card, theme]);
  const [picture, setPicture] = useState<TextTexture | null>(null);
  useEffect(() => {
    stirRoom();
    if (lines.length === 0) {
      setPicture(null);
      return;
    }
    const plate = { background: theme.surface };
    setPicture(acquireText(lines, WIDTH_PX, plate));
    return () => releaseText(lines, WIDTH_PX, plate);
  }, [lines, theme]);
  if (!picture) return null;
  const pixel = pixelSizeM(panel.pose.distanceM);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: a mesh is no element; the same words stand in the flat view's panel.
    <mesh
      geometry={unitPlane}
      position-z={IN_FRONT_M}
      scale={[picture.widthPx * pixel, picture.heightPx * pixel, 1]}
      onClick={() => {
        if (card?.action === "reload") tab.reload();
      }}
    >
      <meshBasicMaterial map={picture.texture} transparent toneMapped={false} />
    </mesh>
  );
}
