import { createPortal, useFrame, useThree } from "@react-three/fiber";
import { PointerCursorModel, useRayPointer, useXR } from "@react-three/xr";
import { useEffect, useMemo, useRef } from "react";
import type { Mesh, Object3D } from "three";
import { useStore } from "zustand";
import { usePad } from "#components/room/input/use-pad.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { CUE_MATERIALS } from "#lib/client/xr/input/gesture-cue.ts";
import {
  createDwellRing,
  createHeadPointer,
  stepHeadDwell,
  stepHeadPad,
  updateDwellRing,
} from "#lib/client/xr/input/head-pointer.ts";
import { CLICK_THRESHOLD_MS, CURSOR_LOOK, RAY_MIN_M } from "#lib/client/xr/input/ray-look.ts";
import { ignoreRays } from "#lib/client/xr/input/stand-ins.ts";
import { DEFAULT_DWELL } from "#lib/core/xr/dwell.ts";

const OPTIONS = { clickThresholdMs: CLICK_THRESHOLD_MS, minDistance: RAY_MIN_M };

/** Pointing with the head: by choice, in a headset or with a gamepad on a desk. Nothing is there otherwise. */
export function HeadInput() {
  const dwell = useStore(roomSettingsStore, (settings) => settings.dwell);
  const inSession = useXR((xr) => xr.session !== undefined);
  const pad = usePad(!inSession);
  if (!dwell && !pad.isConnected) return null;
  return <HeadPointer dwells={dwell && (inSession || !pad.isConnected)} pad={pad} />;
}

function HeadPointer({ dwells, pad }: { dwells: boolean; pad: ReturnType<typeof usePad> }) {
  const dwellMs = useStore(roomSettingsStore, (settings) => settings.dwellMs);
  const scene = useThree((state) => state.scene);
  const space = useRef<Object3D>(null);
  const ring = useRef<Mesh>(null);
  const pointer = useRayPointer(space, null, OPTIONS, "gaze");
  const head = useMemo(() => createHeadPointer(pointer), [pointer]);
  const geometry = useMemo(createDwellRing, []);
  const options = useMemo(() => (dwells ? { ...DEFAULT_DWELL, dwellMs } : null), [dwells, dwellMs]);
  useEffect(() => () => geometry.dispose(), [geometry]);

  // Before the pointers move: the ray goes where the head went.
  useFrame(({ camera }) => {
    const object = space.current;
    if (!object) return;
    object.matrixWorld.copy(camera.matrixWorld);
    object.matrix.copy(camera.matrixWorld);
  }, -60);
  useFrame(({ scene: root }, delta) => {
    const object = space.current;
    if (!object) return;
    stepHeadDwell(head, root, object, delta, options);
    const intent = pad.step(delta);
    if (intent) stepHeadPad(head, root, intent, delta);
    if (ring.current) updateDwellRing(head, ring.current, object);
    if (options || intent) stirRoom();
  }, -40);

  return createPortal(
    <>
      <group ref={space} matrixAutoUpdate={false}>
        <PointerCursorModel pointer={pointer} {...CURSOR_LOOK} />
      </group>
      <mesh
        ref={ring}
        geometry={geometry}
        material={CUE_MATERIALS.accent}
        renderOrder={51}
        visible={false}
        raycast={ignoreRays}
      />
    </>,
    scene,
  );
}
