import type { XRControllerState } from "@pmndrs/xr/internals";
import { useXRInputSourceStateContext, XRSpace } from "@react-three/xr";
import { useCallback } from "react";
import { InputModelView } from "#components/room/input/input-model.tsx";
import { Ray } from "#components/room/input/ray.tsx";
import { loadControllerModel } from "#lib/client/xr/input/input-models.ts";
import { CONTROLLER_SHAPE, ignoreRays, STAND_IN_MATERIAL } from "#lib/client/xr/input/stand-ins.ts";

/** A controller: its model where there is one, and its ray. */
export function Controller() {
  const state = useXRInputSourceStateContext("controller") as XRControllerState;
  const load = useCallback(() => loadControllerModel(state), [state]);
  return (
    <>
      <XRSpace space="grip-space">
        <InputModelView load={load} standIn={<ControllerStandIn />} />
      </XRSpace>
      <Ray look="controller" />
    </>
  );
}

function ControllerStandIn() {
  return <mesh geometry={CONTROLLER_SHAPE} material={STAND_IN_MATERIAL} raycast={ignoreRays} />;
}
