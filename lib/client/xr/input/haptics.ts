/** A tick for what the ray comes upon, a knock for what is done; strength 0 to 1, milliseconds. */
const PULSES = {
  hover: { strength: 0.15, ms: 8 },
  press: { strength: 0.45, ms: 18 },
  grab: { strength: 0.6, ms: 30 },
} as const;

export type Pulse = keyof typeof PULSES;

/** Lets a controller be felt. Hands and devices without a motor feel nothing, which is no fault. */
export function pulse(source: XRInputSource, name: Pulse): void {
  const { strength, ms } = PULSES[name];
  const [actuator] = source.gamepad?.hapticActuators ?? [];
  if (actuator) {
    // Refused while the session is not in front; nobody misses it.
    void actuator.pulse(strength, ms).catch(() => {});
    return;
  }
  void source.gamepad?.vibrationActuator
    ?.playEffect?.("dual-rumble", { duration: ms, strongMagnitude: strength, weakMagnitude: strength })
    .catch(() => {});
}
