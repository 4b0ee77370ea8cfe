/** As XRSession.visibilityState has it; `undefined` before a session and after it. */
export type SessionVisibility = "visible" | "visible-blurred" | "hidden" | undefined;

export interface SessionWork {
  /** Whether rays, hands and keys may do anything. */
  input: boolean;
  /** Whether anything moves or is painted beyond keeping the last picture. */
  animate: boolean;
}

/**
 * What is still done while a session is not in front. Blurred means that the
 * system's own window lies over it and takes the input (WebXR Device API §4.3), so
 * a press meant for the system must not press a panel; hidden means nobody looks.
 */
export function sessionWork(visibility: SessionVisibility): SessionWork {
  const isSeen = visibility !== "hidden";
  return { input: isSeen && visibility !== "visible-blurred", animate: isSeen };
}
