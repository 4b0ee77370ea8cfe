import type { XRHandState } from "@pmndrs/xr/internals";
import { useFrame } from "@react-three/fiber";
import { CombinedPointer, DefaultXRHandTouchPointer, useXRInputSourceStateContext } from "@react-three/xr";
import { useCallback, useMemo, useRef } from "react";
import type { InstancedMesh } from "three";
import { InputModelView } from "#components/room/input/input-model.tsx";
import { Ray } from "#components/room/input/ray.tsx";
import { loadHandModel } from "#lib/client/xr/input/input-models.ts";
import { CURSOR_LOOK } from "#lib/client/xr/input/ray-look.ts";
import { ignoreRays, JOINT_SHAPE, STAND_IN_MATERIAL } from "#lib/client/xr/input/stand-ins.ts";
import { HAND_JOINTS } from "#lib/core/gestures/hand-joints.ts";

/** A tracked hand: its model, its ray, and a finger tip that touches what is near. */
export function Hand() {
  const state = useXRInputSourceStateContext("hand") as XRHandState;
  const load = useCallback(() => loadHandModel(state), [state]);
  return (
    <>
      <InputModelView load={load} standIn={<HandStandIn state={state} />} />
      <CombinedPointer>
        <DefaultXRHandTouchPointer hoverRadius={0.06} downRadius={0.012} cursorModel={CURSOR_LOOK} />
        <Ray look="hand" />
      </CombinedPointer>
    </>
  );
}

/** The joints as dots, in the ray's own space: one draw call, no model needed. */
function HandStandIn({ state }: { state: XRHandState }) {
  const mesh = useRef<InstancedMesh>(null);
  const joints = useMemo(() => Array.from(state.inputSource.hand.values()), [state]);
  useFrame((_, __, frame?: XRFrame) => {
    const dots = mesh.current;
    if (!dots || !frame) return;
    const { targetRaySpace } = state.inputSource;
    dots.visible =
      frame.fillPoses?.(joints, targetRaySpace, dots.instanceMatrix.array as Float32Array) ?? false;
    dots.instanceMatrix.needsUpdate = true;
  });
  return (
    <instancedMesh
      ref={mesh}
      args={[JOINT_SHAPE, STAND_IN_MATERIAL, HAND_JOINTS.length]}
      frustumCulled={false}
      raycast={ignoreRays}
    />
  );
}
