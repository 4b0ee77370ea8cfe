import { useFrame, useThree } from "@react-three/fiber";
import { Container } from "@react-three/uikit";
import { useXR } from "@react-three/xr";
import { useRef } from "react";
import { type Group, Vector3 } from "three";
import { useStore } from "zustand";
import { ChromeButton } from "#components/room/chrome/chrome-button.tsx";
import { PaintedText } from "#components/room/chrome/painted-text.tsx";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { dismissToast, uiStore } from "#lib/client/store/ui-store.ts";
import { faceHead, pointInFront } from "#lib/client/xr/chrome/place-in-front.ts";
import { pixelSizeM, TARGET_PX } from "#lib/core/room-ui/chrome-metrics.ts";

const PLACE = { distanceM: 0.95, downDeg: 32 };
/** Metres the place in front may move away before the launcher comes along: it is never tied to the head. */
const DEAD_ZONE_M = 0.3;
/** Near enough: it rests again. */
const REST_M = 0.02;
/** Share of the way made in a second, as a rate. */
const EASE_RATE = 3;
const TOAST_PX = 420;

const wanted = new Vector3();

/** Low in front of a person in a session: a way to the menu, and the notices of the flat view. */
export function SessionHud() {
  const isInSession = useXR((state) => state.session !== undefined);
  return isInSession && <OpenSessionHud />;
}

function OpenSessionHud() {
  const group = useRef<Group>(null);
  const isMoving = useRef(true);
  const camera = useThree((state) => state.camera);
  const theme = useChromeTheme();
  const textScale = useStore(roomSettingsStore, (settings) => settings.textScale);
  const toasts = useStore(uiStore, (state) => state.toasts);

  useFrame((_, delta) => {
    const object = group.current;
    if (!object) return;
    pointInFront(camera, PLACE, wanted);
    const awayM = wanted.distanceTo(object.position);
    if (awayM > DEAD_ZONE_M) isMoving.current = true;
    if (!isMoving.current) return;
    // The first time, and after a jump of the world, there is nothing to ease from.
    if (awayM > 2) object.position.copy(wanted);
    else object.position.lerp(wanted, 1 - Math.exp(-EASE_RATE * delta));
    if (awayM < REST_M) isMoving.current = false;
    faceHead(object, camera);
  });

  return (
    <group ref={group} name="chrome" position={[0, -10, 0]}>
      <Container
        pixelSize={pixelSizeM(PLACE.distanceM, textScale)}
        flexDirection="column"
        alignItems="center"
        gap={10}
        pointerEvents="none"
      >
        {toasts.map(({ id, text, action }) => (
          <Container
            key={id}
            alignItems="center"
            gap={8}
            paddingX={16}
            minHeight={TARGET_PX + 8}
            borderRadius={14}
            borderWidth={1}
            borderColor={theme.line}
            backgroundColor={theme.surface}
            pointerEvents="auto"
          >
            <PaintedText widthPx={TOAST_PX} lines={[{ text, sizePx: 15, weight: 500, color: theme.ink }]} />
            {action && (
              <ChromeButton
                id={`toast ${action.command}`}
                label={action.label}
                icon="history"
                onPress={() => {
                  dismissToast(id);
                  runCommand(action.command, action.args);
                }}
              />
            )}
            <ChromeButton
              id={`dismiss ${id}`}
              label="Dismiss"
              icon="close"
              onPress={() => dismissToast(id)}
            />
          </Container>
        ))}
        <Container
          gap={4}
          padding={4}
          borderRadius={30}
          borderWidth={1}
          borderColor={theme.line}
          backgroundColor={theme.surface}
          pointerEvents="auto"
        >
          <ChromeButton
            id="launcher menu"
            label="Room menu"
            icon="menu"
            onPress={() => runCommand("room.menu")}
          />
          <ChromeButton
            id="launcher new"
            label="New panel"
            icon="add"
            onPress={() => runCommand("tab.new")}
          />
        </Container>
      </Container>
    </group>
  );
}
