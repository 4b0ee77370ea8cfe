import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { type Mesh, Vector3 } from "three";
import {
  CUE_ARROW,
  CUE_MATERIALS,
  createCueRing,
  shownCues,
  updateCue,
} from "#lib/client/xr/input/gesture-cue.ts";
import { ignoreRays } from "#lib/client/xr/input/stand-ins.ts";
import type { HandGestures } from "#lib/core/gestures/recognizer.ts";

const head = new Vector3();
/** After panels and chrome. */
const RENDER_ORDER = 50;

/** What a hand is about to do, shown at the hand. */
export function GestureCues({ hand }: { hand: HandGestures }) {
  const ring = useRef<Mesh>(null);
  const arrow = useRef<Mesh>(null);
  const geometry = useMemo(createCueRing, []);
  useEffect(() => () => geometry.dispose(), [geometry]);
  useEffect(
    () => () => {
      shownCues[hand.hand] = null;
    },
    [hand],
  );
  useFrame(({ gl }) => {
    if (!ring.current || !arrow.current) return;
    head.setFromMatrixPosition(gl.xr.getCamera().matrixWorld);
    updateCue(hand, ring.current, arrow.current, head);
  }, -20);
  return (
    <>
      <mesh
        ref={ring}
        geometry={geometry}
        material={CUE_MATERIALS.accent}
        renderOrder={RENDER_ORDER}
        raycast={ignoreRays}
      />
      <mesh
        ref={arrow}
        geometry={CUE_ARROW}
        material={CUE_MATERIALS.accent}
        renderOrder={RENDER_ORDER}
        raycast={ignoreRays}
      />
    </>
  );
}
