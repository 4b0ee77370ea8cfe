import type { ThreeEvent } from "@react-three/fiber";
import { useEffect, useMemo, useRef, useState } from "react";
import { Color, Vector3 } from "three";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomPartsStore } from "#lib/client/room/room-parts-store.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import { createCardSheet } from "#lib/client/xr/labels/card-sheet.ts";
import { type CardLook, paintPlate, paintTexts } from "#lib/client/xr/labels/paint-card.ts";
import { placeOnCylinder } from "#lib/client/xr/labels/place-on-cylinder.ts";
import { createThreadRibbons } from "#lib/client/xr/trail/thread-ribbons.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";
import { layOutTrail } from "#lib/core/trail/trail-map.ts";
import { MAP_PAGES_MAX, MAP_RADIUS_M, placeTrailMap, type TrailPlace } from "#lib/core/trail/trail-places.ts";

const CELL = { cellWidthPx: 400, cellHeightPx: 100 };
/** 11° wide where the map is not crowded: read at a glance, pressed without care. */
const CARD_WIDTH_M = 0.26;
const LINK_WIDTH_M = 0.005;
/** Links run behind the cards. */
const LINK_RADIUS_M = MAP_RADIUS_M + 0.03;
/** One card more than pages says what the map is; it hangs so far above them. */
const TITLE_HEIGHT_M = 0.18;

const from = new Vector3();
const over = new Vector3();
const to = new Vector3();

/** The trail as cards on a wall around the person: time from left to right, a press opens the page. */
export function TrailCards() {
  const trail = useStore(browserStore, ({ session }) => session.space.trail);
  const { map, placed } = useMemo(() => {
    const laidOut = layOutTrail(trail);
    return { map: laidOut, placed: placeTrailMap(laidOut) };
  }, [trail]);
  // The middle of the map is where one looked when it was asked for.
  const aheadDeg = useStore(roomPartsStore, (parts) => parts.mapAzimuthDeg);
  const theme = useChromeTheme();
  const sheet = useMemo(() => createCardSheet({ ...CELL, capacity: MAP_PAGES_MAX + 1 }), []);
  const ribbons = useMemo(() => createThreadRibbons(MAP_PAGES_MAX * 2, LINK_WIDTH_M), []);
  useEffect(() => {
    return () => {
      sheet.dispose();
      ribbons.dispose();
    };
  }, [sheet, ribbons]);
  const [hovered, setHovered] = useState<number | null>(null);
  const painted = useRef<{ places: readonly TrailPlace[]; theme: unknown; hovered: number | null } | null>(
    null,
  );

  useEffect(() => {
    const { places, scale } = placed;
    const before = painted.current;
    const isSame = before?.places === places && before.theme === theme;
    painted.current = { places, theme, hovered };
    places.forEach(({ page, azimuthDeg, heightM }, index) => {
      // A movement of the pointer paints the two cards it is about, no others.
      if (isSame && index !== hovered && index !== before.hovered) return;
      const isHovered = index === hovered;
      const width = CARD_WIDTH_M * scale * (isHovered ? 1.06 : 1);
      const radiusM = isHovered ? MAP_RADIUS_M - 0.02 : MAP_RADIUS_M;
      placeOnCylinder(sheet, index, { azimuthDeg, heightM, radiusM, widthM: width });
      sheet.paint(index, (context) => {
        const look: CardLook = { widthPx: CELL.cellWidthPx, heightPx: CELL.cellHeightPx, theme, isHovered };
        paintPlate(context, look);
        const title = page.title || shortAddress(page.url);
        const detail = page.parent === null ? `${shortAddress(page.url)} · start` : shortAddress(page.url);
        paintTexts(
          context,
          [
            { text: title, sizePx: 27, weight: 600, color: theme.ink },
            { text: detail, sizePx: 21, color: theme.muted },
          ],
          look,
        );
      });
    });
    if (!isSame) {
      const top = places.reduce((highest, { heightM }) => Math.max(highest, heightM), 0);
      placeOnCylinder(sheet, places.length, {
        azimuthDeg: 0,
        heightM: places.length === 0 ? 0 : top + TITLE_HEIGHT_M,
        radiusM: MAP_RADIUS_M,
        widthM: CARD_WIDTH_M * 1.2,
      });
      sheet.paint(places.length, (context) => {
        const look = { widthPx: CELL.cellWidthPx, heightPx: CELL.cellHeightPx, theme, isHovered: false };
        paintPlate(context, look);
        paintTexts(context, titleTexts(map.pages.length, theme), look);
      });
    }
    sheet.setCount(places.length + 1);
    sheet.settle();
    stirRoom();
  }, [placed, map, theme, hovered, sheet]);

  useEffect(() => {
    const at = new Map(placed.places.map((place) => [place.page.key, place]));
    const color = new Color(theme.muted);
    let count = 0;
    for (const link of map.links) {
      const source = at.get(link.from);
      const target = at.get(link.to);
      if (!source || !target) continue;
      onCylinder(source, from);
      onCylinder(target, to);
      // Along the wall: straight lines would cut through the space the person stands in.
      over
        .addVectors(from, to)
        .setY(0)
        .normalize()
        .multiplyScalar(LINK_RADIUS_M * 1.02);
      over.y = from.y;
      ribbons.set(count, from, over, to, color);
      count += 1;
    }
    ribbons.setCount(count);
    stirRoom();
  }, [placed, map, theme, ribbons]);

  const pageAt = (index: number | undefined) =>
    index === undefined ? undefined : placed.places[index]?.page;
  const hover = (index: number | null) => {
    setHovered(index);
    const page = pageAt(index ?? undefined);
    if (page) announce(page.title || shortAddress(page.url));
  };
  return (
    <group rotation-y={(-aheadDeg * Math.PI) / 180}>
      <primitive object={ribbons.mesh} dispose={null} />
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it stands in the scene, where there are no roles; `trail.list` is the same as a list */}
      <primitive
        object={sheet.mesh}
        dispose={null}
        onPointerMove={({ instanceId }: ThreeEvent<PointerEvent>) => {
          const next = pageAt(instanceId) ? (instanceId ?? null) : null;
          if (next !== hovered) hover(next);
        }}
        onPointerLeave={() => hover(null)}
        onPointerDown={(event: ThreeEvent<PointerEvent>) => event.stopPropagation()}
        onClick={(event: ThreeEvent<MouseEvent>) => {
          const page = pageAt(event.instanceId);
          event.stopPropagation();
          if (page) runCommand("trail.open", { url: page.url, panelId: page.panelId });
          else if (event.instanceId === placed.places.length) runCommand("trail.map");
        }}
      />
    </group>
  );
}

function titleTexts(count: number, theme: { ink: string; muted: string }) {
  if (count === 0) {
    return [
      { text: "No trail yet", sizePx: 27, weight: 600, color: theme.ink },
      { text: "Follow a link on a page. Press to close.", sizePx: 21, color: theme.muted },
    ];
  }
  const said =
    count > MAP_PAGES_MAX
      ? `The newest ${MAP_PAGES_MAX} of ${count} pages`
      : `${count} pages · press to close`;
  return [
    { text: "Link trail", sizePx: 27, weight: 600, color: theme.ink },
    { text: said, sizePx: 21, color: theme.muted },
  ];
}

function onCylinder({ azimuthDeg, heightM }: TrailPlace, out: Vector3): void {
  const azimuth = (azimuthDeg * Math.PI) / 180;
  out.set(Math.sin(azimuth) * LINK_RADIUS_M, heightM, -Math.cos(azimuth) * LINK_RADIUS_M);
}
