import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { RoomSound } from "#components/room/comfort/room-sound.tsx";
import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { createMotionMeter, measureMotion } from "#lib/client/xr/comfort/measure-motion.ts";
import { fadeWhenNear } from "#lib/client/xr/comfort/near-fade.ts";
import { createVignette } from "#lib/client/xr/comfort/vignette.ts";
import { roomPanels, watchRoomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { prefersStill } from "#lib/client/xr/panel/still.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";
import { stepVignette } from "#lib/core/xr/comfort.ts";

/** What keeps a person at ease: nothing stands in their face, nothing large sweeps past unshaded, and sounds if wanted. */
export function Comfort() {
  const vignette = useMemo(createVignette, []);
  useEffect(() => () => vignette.dispose(), [vignette]);
  const meter = useRef(createMotionMeter());
  const strength = useRef(0);

  useEffect(() => {
    const fade = () => {
      for (const { surface } of roomPanels) fadeWhenNear(surface.mesh.material);
    };
    fade();
    return watchRoomPanels(fade);
  }, []);

  useFrame((_, delta) => {
    // On a screen the room's edge stands still around what moves: there is nothing to shade.
    const isWanted = Boolean(xrStore.getState().session) && roomSettingsStore.getState().vignette;
    const target = isWanted ? measureMotion(meter.current, delta) : 0;
    // Who asked for less motion gets no fading shade either: it is there or not.
    const next = prefersStill() ? target : stepVignette(strength.current, target, delta);
    if (next !== strength.current) vignette.set(next);
    strength.current = next;
  });

  return (
    <>
      <primitive object={vignette.mesh} dispose={null} />
      <RoomSound />
    </>
  );
}
