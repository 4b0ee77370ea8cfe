import { useFrame } from "@react-three/fiber";
import {
  PointerCursorModel,
  PointerRayModel,
  usePointerXRInputSourceEvents,
  useRayPointer,
  useXRInputSourceStateContext,
  XRSpace,
} from "@react-three/xr";
import { useEffect, useMemo, useRef } from "react";
import type { Object3D } from "three";
import { bindSqueeze, createButtonWatch, stepButtons } from "#lib/client/xr/input/bind-buttons.ts";
import { createRayCore } from "#lib/client/xr/input/ray.ts";
import {
  CLICK_THRESHOLD_MS,
  CURSOR_LOOK,
  HAND_RAY_LOOK,
  RAY_LOOK,
  RAY_MIN_M,
} from "#lib/client/xr/input/ray-look.ts";
import { keepRay } from "#lib/client/xr/input/rays.ts";
import { dropRay, stepRay } from "#lib/client/xr/input/step-ray.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

const OPTIONS = { clickThresholdMs: CLICK_THRESHOLD_MS, minDistance: RAY_MIN_M };

interface RayProps {
  /** How it looks; `false` where the system draws its own, or a finger covers it. */
  look: "controller" | "hand" | "cursor" | "none";
}

/** The ray of one input source. The same for all: hover, press, drag, scroll, grab. */
export function Ray({ look }: RayProps) {
  const state = useXRInputSourceStateContext();
  const space = useRef<Object3D>(null);
  const pointer = useRayPointer(space, state, OPTIONS);
  usePointerXRInputSourceEvents(pointer, state.inputSource, "select", state.events);
  const ray = useMemo(() => createRayCore(pointer, state.inputSource), [pointer, state.inputSource]);

  const buttons = useRef(createButtonWatch());
  useEffect(() => {
    const forget = keepRay(ray);
    // The system's own window came up: what was pressed or held must not go on behind it.
    const stop = xrStore.subscribe(({ visibilityState }, previous) => {
      if (visibilityState !== "visible" && previous.visibilityState === "visible") dropRay(ray);
    });
    return () => {
      stop();
      forget();
      dropRay(ray);
    };
  }, [ray]);
  useEffect(() => {
    const { session } = xrStore.getState();
    return session ? bindSqueeze(session, ray) : undefined;
  }, [ray]);
  // After the pointers have moved, before the scene is drawn.
  useFrame(({ scene }, delta) => {
    if (!space.current) return;
    stepRay(ray, scene, space.current, delta);
    stepButtons(buttons.current, ray);
  }, -40);

  return (
    <XRSpace ref={space} space="target-ray-space">
      {(look === "controller" || look === "hand") && (
        <PointerRayModel pointer={pointer} {...(look === "hand" ? HAND_RAY_LOOK : RAY_LOOK)} />
      )}
      {look !== "none" && <PointerCursorModel pointer={pointer} {...CURSOR_LOOK} />}
    </XRSpace>
  );
}
