import {
  configureXRControllerModel,
  createUpdateXRControllerVisuals,
  createUpdateXRHandVisuals,
  loadXRControllerModel,
  loadXRHandModel,
  type XRControllerState,
  type XRHandState,
} from "@pmndrs/xr/internals";
import { Mesh, MeshStandardMaterial, type Object3D } from "three";
import { ignoreRays } from "#lib/client/xr/input/stand-ins.ts";

/**
 * The models of this window by address. Each stays once loaded: at most two
 * controllers and two hands, and putting a controller down and taking it up again
 * must not load it again. A failed one is forgotten, so that it is tried again.
 */
const models = new Map<string, Promise<Object3D>>();

export interface InputModel {
  object: Object3D;
  update: (frame: XRFrame | undefined) => void;
}

/** @throws when it cannot be fetched or is no such model; the caller draws something plain instead. */
export async function loadControllerModel(state: XRControllerState): Promise<InputModel> {
  const { layout, gamepad } = state;
  if (layout.assetPath === "") throw new Error("This controller has no model.");
  const object = await loadOnce(layout.assetPath, () => loadXRControllerModel(layout));
  configureXRControllerModel(object, {});
  state.object = object;
  return { object, update: createUpdateXRControllerVisuals(object, layout, gamepad) };
}

/** As for controllers. Drawn inside the hand's ray, so its joints are told in the ray's own space. */
export async function loadHandModel(state: XRHandState): Promise<InputModel> {
  const object = await loadOnce(state.assetPath, () => loadXRHandModel(state.assetPath));
  state.object = object;
  const { hand, targetRaySpace } = state.inputSource;
  return { object, update: createUpdateXRHandVisuals(hand, object, targetRaySpace) };
}

function loadOnce(address: string, load: () => Promise<Object3D>): Promise<Object3D> {
  const known = models.get(address);
  if (known) return known;
  const loading = load().then(soften);
  models.set(address, loading);
  loading.catch(() => models.delete(address));
  return loading;
}

/** The room has no surroundings to mirror: metal would be black. Hands and controllers never catch a ray. */
function soften(object: Object3D): Object3D {
  object.traverse((child) => {
    child.raycast = ignoreRays;
    if (!(child instanceof Mesh)) return;
    for (const material of Array.isArray(child.material) ? child.material : [child.material]) {
      if (material instanceof MeshStandardMaterial) {
        material.metalness = 0;
        material.roughness = 0.7;
      }
    }
  });
  return object;
}
