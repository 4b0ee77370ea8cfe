import type { LiveModifiers } from "#lib/protocol/live.ts";

/** As the DevTools protocol counts them. */
export function modifierBits({ alt, ctrl, meta, shift }: LiveModifiers): number {
  return (alt ? 1 : 0) | (ctrl ? 2 : 0) | (meta ? 4 : 0) | (shift ? 8 : 0);
}
