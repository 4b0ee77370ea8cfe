import { useThree } from "@react-three/fiber";
import { Container } from "@react-three/uikit";
import { useLayoutEffect, useRef } from "react";
import type { Group } from "three";
import { useStore } from "zustand";
import { ChromeButton } from "#components/room/chrome/chrome-button.tsx";
import { ChromeLabel } from "#components/room/chrome/chrome-label.tsx";
import { PaintedText } from "#components/room/chrome/painted-text.tsx";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { MenuRow } from "#components/room/menus/menu-row.tsx";
import { useRoomPage } from "#components/room/menus/use-room-page.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import {
  closeRoomMenu,
  goBackInRoomMenu,
  type RoomMenuState,
  roomUiStore,
  turnRoomPage,
} from "#lib/client/room/room-ui-store.ts";
import { placeInFront } from "#lib/client/xr/chrome/place-in-front.ts";
import { pixelSizeM, TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";
import { pageOf, turnByScroll } from "#lib/core/room-ui/list-page.ts";
import { rowsPerPage } from "#lib/core/room-ui/room-page.ts";

/** Metres from the head: nearer than any panel, far enough for eyes to rest. */
const DISTANCE_M = 1.05;
/** The upper edge stands here, so that its buttons stay where they are from page to page. */
const TOP_PX = 250;
const WIDTH_PX = 660;
const PADDING_PX = 16;
const GAP_PX = 8;

/** What some of so many columns take, with the gaps between them. */
function columnsPx(columns: number, span: number): number {
  const columnPx = (WIDTH_PX - 2 * PADDING_PX - 2 - (columns - 1) * GAP_PX) / columns;
  return columnPx * span + GAP_PX * (span - 1);
}

/** The menu of the room, in front of the person when it opens, and there until it closes. */
export function RoomMenu() {
  const menu = useStore(roomUiStore, (state) => state.menu);
  return menu && <OpenRoomMenu menu={menu} />;
}

function OpenRoomMenu({ menu }: { menu: RoomMenuState }) {
  const group = useRef<Group>(null);
  const rest = useRef(0);
  const camera = useThree((state) => state.camera);
  const theme = useChromeTheme();
  const openCount = useStore(roomUiStore, (state) => state.openCount);
  const textScale = useStore(roomSettingsStore, (settings) => settings.textScale);
  const pixel = pixelSizeM(DISTANCE_M, textScale);
  const page = useRoomPage(menu.name);
  const leaf = pageOf(page.rows, menu.index, rowsPerPage(page));
  const columns = page.columns ?? 1;

  // biome-ignore lint/correctness/useExhaustiveDependencies: opening again brings it to where the person looks now.
  useLayoutEffect(() => {
    if (group.current) placeInFront(group.current, camera, { distanceM: DISTANCE_M, downDeg: 2 });
    stirRoom();
  }, [openCount, camera]);

  const turn = (step: number) => turnRoomPage(Math.min(leaf.count - 1, Math.max(0, leaf.index + step)));
  return (
    <group ref={group} name="chrome">
      <group position-y={TOP_PX * pixel}>
        <Container
          pixelSize={pixel}
          anchorY="top"
          width={WIDTH_PX}
          flexDirection="column"
          gap={8}
          padding={PADDING_PX}
          borderRadius={20}
          borderWidth={1}
          borderColor={theme.line}
          backgroundColor={theme.surface}
          pointerEvents="auto"
          onClick={(event: { stopPropagation: () => void }) => event.stopPropagation()}
          onWheel={(event: { deltaY: number }) => {
            const turned = turnByScroll(rest.current, event.deltaY);
            rest.current = turned.rest;
            if (turned.turn !== 0) turn(turned.turn);
          }}
        >
          <Container height={TARGET_PX} alignItems="center" gap={8} flexShrink={0}>
            {menu.path.length > 0 && (
              <ChromeButton id="menu back" label="Back" icon="back" onPress={goBackInRoomMenu} />
            )}
            <ChromeLabel
              text={page.title}
              widthPx={WIDTH_PX - 2 * PADDING_PX - 2 * (TARGET_PX + 8) - 8}
              color={theme.ink}
              sizePx={18}
              weight={600}
            />
            <Container flexGrow={1} pointerEvents="none" />
            <ChromeButton id="menu close" label="Close the menu" icon="close" onPress={closeRoomMenu} />
          </Container>
          {page.note ? (
            <PaintedText
              lines={page.note
                .split("\n")
                .map((text) => ({ text, sizePx: 14, weight: 500, color: theme.muted }))}
              widthPx={WIDTH_PX - 2 * PADDING_PX - 8}
            />
          ) : null}
          <Container flexDirection="row" flexWrap="wrap" gap={GAP_PX} pointerEvents="none">
            {leaf.rows.map((row) => (
              <MenuRow
                key={row.id}
                row={row}
                isTile={columns >= 3}
                widthPx={columnsPx(columns, columns > 3 ? (row.span ?? 1) : 1)}
                {...(columns > 3 ? { heightPx: TARGET_PX } : {})}
              />
            ))}
          </Container>
          {leaf.count > 1 && (
            <Container height={TARGET_PX} alignItems="center" justifyContent="space-between" flexShrink={0}>
              <ChromeButton
                id="menu previous"
                label="Previous"
                icon="previous"
                isDisabled={leaf.index === 0}
                onPress={() => turn(-1)}
              />
              <ChromeLabel
                text={`${leaf.index + 1} of ${leaf.count}`}
                widthPx={120}
                color={theme.muted}
                sizePx={14}
                isOwnWords
              />
              <ChromeButton
                id="menu next"
                label="Next"
                icon="next"
                isDisabled={leaf.index === leaf.count - 1}
                onPress={() => turn(1)}
              />
            </Container>
          )}
        </Container>
      </group>
    </group>
  );
}
