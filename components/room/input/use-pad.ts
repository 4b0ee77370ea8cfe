import { useThree } from "@react-three/fiber";
import { useEffect, useMemo, useState } from "react";
import { runCommand } from "#lib/client/commands/registry.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { turnView } from "#lib/client/room/turn-view.ts";
import { createPadState, type PadInput, type PadIntent, stepPad } from "#lib/core/xr/gamepad.ts";

/** Degrees a second at full deflection. */
const TURN_DEG_S = 110;

export interface Pad {
  isConnected: boolean;
  /** One frame; null while there is no pad. Turns the view and runs the buttons' commands itself. */
  step(deltaS: number): PadIntent | null;
}

/** A gamepad on a desk. Headsets' controllers are no such pads: they have rays of their own. */
export function usePad(isWanted: boolean): Pad {
  const invalidate = useThree((state) => state.invalidate);
  const [isConnected, setConnected] = useState(false);
  const state = useMemo(createPadState, []);

  useEffect(() => {
    const look = () => setConnected(isWanted && findPad() !== null);
    look();
    window.addEventListener("gamepadconnected", look);
    window.addEventListener("gamepaddisconnected", look);
    return () => {
      window.removeEventListener("gamepadconnected", look);
      window.removeEventListener("gamepaddisconnected", look);
    };
  }, [isWanted]);
  // A pad sends no events: while one is there, somebody has to look.
  useEffect(() => {
    if (!isConnected) return;
    const timer = setInterval(() => {
      const pad = findPad();
      const isUsed =
        pad?.buttons.some(({ pressed }) => pressed) || pad?.axes.some((axis) => Math.abs(axis) > 0.15);
      if (!isUsed) return;
      stirRoom();
      invalidate();
    }, 100);
    return () => clearInterval(timer);
  }, [isConnected, invalidate]);

  return useMemo(
    () => ({
      isConnected,
      step(deltaS) {
        if (!isConnected) return null;
        const intent = stepPad(state, findPad());
        if (intent.command !== null) runCommand(intent.command);
        if (intent.lookX !== 0 || intent.lookY !== 0) {
          turnView(intent.lookX * TURN_DEG_S * deltaS, intent.lookY * TURN_DEG_S * deltaS);
        }
        return intent;
      },
    }),
    [isConnected, state],
  );
}

function findPad(): PadInput | null {
  for (const pad of navigator.getGamepads()) if (pad?.connected && pad.mapping === "standard") return pad;
  return null;
}
