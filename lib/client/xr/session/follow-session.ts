import { keepVisibleScrolls } from "#lib/client/commands/open-page.ts";
import { addXrFacts } from "#lib/client/room/xr-facts.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import { setView, type View, viewStore } from "#lib/client/store/view-store.ts";
import { enterSession, leaveSession } from "#lib/client/xr/session/enter-session.ts";
import { xrStore } from "#lib/client/xr/xr-store.ts";

/**
 * Keeps the view and the session in step, both ways: a view that is wanted enters,
 * a session that ends, by whoever's hand, leads back to the view it was entered
 * from. Started when the room's canvas stands; returns how to stop, which ends a
 * session that still runs.
 */
export function followSession(): () => void {
  /** Where to go back to; the flat view remembers nothing of its own. */
  let enteredFrom: View = "room";
  /** The person has already chosen where to go, by a command. */
  let isLeaving = false;

  const takeWish = () => {
    const { wanted } = viewStore.getState();
    if (wanted === null) return;
    viewStore.setState({ wanted: null });
    void enterSession(wanted === "ar" ? "immersive-ar" : "immersive-vr");
  };

  const stopViews = viewStore.subscribe(({ view, wanted }, previous) => {
    if (wanted !== null && wanted !== previous.wanted) takeWish();
    if (previous.view === "immersive" && view !== "immersive") {
      isLeaving = true;
      void leaveSession();
    }
  });

  const stopSessions = xrStore.subscribe(({ session, visibilityState, frameRate, mode }, previous) => {
    if (session && !previous.session) {
      isLeaving = false;
      enteredFrom = viewStore.getState().cameFrom;
      setView("immersive");
      announce(mode === "immersive-ar" ? "Passthrough has begun" : "VR has begun");
      tellFacts(session);
    } else if (!session && previous.session) {
      keepVisibleScrolls();
      announce("You are back on the screen");
      if (!isLeaving) setView(enteredFrom);
    }
    if (session && frameRate !== previous.frameRate) addXrFacts({ frameRate: frameRate ?? null });
    // The headset may be taken off now, and the page be gone before it is put on again.
    if (visibilityState === "hidden" && previous.visibilityState !== "hidden") keepVisibleScrolls();
  });

  takeWish();
  return () => {
    stopViews();
    stopSessions();
    void leaveSession();
  };
}

/** What only a session can tell. */
function tellFacts(session: XRSession): void {
  const features = session.enabledFeatures ?? null;
  addXrFacts({
    hands: features?.includes("hand-tracking") ?? null,
    frameRates: Array.from(session.supportedFrameRates ?? []).sort((a, b) => a - b),
    frameRate: session.frameRate ?? null,
    systemKeyboard: session.isSystemKeyboardSupported ?? false,
    ...(features === null ? {} : { layers: features.includes("layers") }),
  });
}
