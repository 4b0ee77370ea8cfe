import type { WebGLRenderer } from "three";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { getSession } from "#lib/client/store/browser-store.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { angularHeightDeg, angularWidthDeg } from "#lib/core/layout/panel-shape.ts";
import {
  chooseSurfaces,
  type SurfaceCapabilities,
  surfaceCapabilities,
} from "#lib/core/surfaces/choose-surface.ts";

/** Decides anew what each panel is drawn on. Called when panels, poses or focus change, never in every frame. */
export function assignSurfaces(renderer: WebGLRenderer): void {
  const { heldIds } = roomPanelStore.getState();
  const { activeId } = getSession();
  const candidates = roomPanels.map(({ id, pose, surface }) => ({
    id,
    focused: id === activeId,
    visible: true,
    angularAreaDeg2: angularWidthDeg(pose) * angularHeightDeg(pose),
    curvature: pose.curvature,
    held: heldIds.includes(id),
    current: surface.kind,
  }));
  const chosen = chooseSurfaces(candidates, capabilitiesOf(renderer));
  for (const panel of roomPanels) panel.surface.setKind(chosen.get(panel.id) ?? "mesh");
}

function capabilitiesOf({ xr }: WebGLRenderer): SurfaceCapabilities {
  const session = xr.isPresenting ? xr.getSession() : null;
  if (!session || typeof XRWebGLBinding === "undefined") return surfaceCapabilities(null, null);
  try {
    return surfaceCapabilities(xr.getBinding(), session.enabledFeatures);
  } catch {
    // An emulated session has no binding to make.
    return surfaceCapabilities(null, null);
  }
}
