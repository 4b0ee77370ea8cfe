import type { XrMode } from "#lib/core/xr/session-init.ts";

export type SessionFailure = "no-api" | "no-device" | "refused" | "expired" | "busy" | "lost" | "unknown";

/**
 * Why a session did not come about, from the error of `requestSession` (WebXR Device
 * API §4.1): NotSupportedError for no device or a missing feature, SecurityError for
 * a press that lies too far back or a policy, NotAllowedError for a refusal,
 * InvalidStateError for another session.
 */
export function classifySessionError(error: { name?: string; message?: string } | null): SessionFailure {
  switch (error?.name) {
    case "NotSupportedError":
      return "no-device";
    case "NotAllowedError":
    case "AbortError":
      return "refused";
    case "SecurityError":
      return /activat|gesture/i.test(error.message ?? "") ? "expired" : "refused";
    case "InvalidStateError":
      return "busy";
    default:
      return "unknown";
  }
}

/** What a person is told: what happened, and what goes on. */
export function describeSessionFailure(failure: SessionFailure, mode: XrMode): string {
  const what = mode === "immersive-ar" ? "Passthrough" : "VR";
  switch (failure) {
    case "no-api":
      return `This browser has no WebXR, so ${what} cannot start. In a headset, use the headset's own browser.`;
    case "no-device":
      return `${what} could not start: no headset that offers it was found. Your panels are as they were.`;
    case "refused":
      return `${what} was not allowed. Allow it in the browser's site settings, then try again.`;
    case "expired":
      return `The browser wants a fresh press for ${what}: please press it once more.`;
    case "busy":
      return `Another page or app is using the headset. Close it, then enter ${what} again.`;
    case "lost":
      return "The headset ended the session. Your panels are as you left them.";
    case "unknown":
      return `${what} could not start. Your panels are as they were; trying again may help.`;
  }
}
