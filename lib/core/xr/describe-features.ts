/** What was found out about this browser and device. `null`: it tells only inside a session, and none was there yet. */
export interface XrFacts {
  /** The browser has the WebXR Device API at all. */
  api: boolean;
  /** WebXR, like other powerful features, exists only on https and localhost. */
  secure: boolean;
  webgl: boolean;
  vr: boolean;
  ar: boolean;
  layers: boolean | null;
  hands: boolean | null;
  /** In hertz, ascending. Empty: the device does not let itself be asked. */
  frameRates: readonly number[] | null;
  /** In hertz: what the session runs at. */
  frameRate: number | null;
  systemKeyboard: boolean | null;
  /** Pictures drawn for each frame: 2 for most headsets, 4 for those with a sharper middle. */
  views: number | null;
}

export const UNKNOWN_FACTS: XrFacts = {
  api: false,
  secure: true,
  webgl: true,
  vr: false,
  ar: false,
  layers: null,
  hands: null,
  frameRates: null,
  frameRate: null,
  systemKeyboard: null,
  views: null,
};

export interface FeatureLine {
  id: "webgl" | "vr" | "ar" | "layers" | "hands" | "frameRates" | "systemKeyboard" | "views";
  name: string;
  state: "yes" | "no" | "unknown";
  /** One plain sentence: what it means for the person. */
  text: string;
}

/** What this device can do, in the order of what matters most. Nothing is claimed that was not found. */
export function describeXrFeatures(facts: XrFacts): FeatureLine[] {
  const hasHeadset = facts.vr || facts.ar;
  const lines: FeatureLine[] = [
    line("webgl", "The room on this screen", facts.webgl, {
      yes: "The space can be shown in 3D here, with mouse, touch or keyboard.",
      no: "This browser draws no 3D: WebGL is missing or switched off. The flat view does everything else.",
    }),
    line("vr", "Virtual reality", facts.vr, {
      yes: "A headset can show the room all around you.",
      no: noVr(facts),
    }),
    line("ar", "Passthrough", facts.ar, {
      yes: "Panels can stand in the room you are in.",
      no: "Panels cannot stand in the room you are in: this device has no passthrough for web pages.",
    }),
  ];
  if (!hasHeadset) return lines;
  return [
    ...lines,
    line("hands", "Hands", facts.hands, {
      yes: "Your hands are tracked: pinch to press, pinch and drag to scroll.",
      no: "Hands are not tracked for web pages here: controllers or your gaze do everything.",
      unknown: "Whether your hands are tracked shows once you have entered.",
    }),
    line("layers", "Sharp layers", facts.layers, {
      yes: "The headset can draw panels itself, which keeps small text sharper.",
      no: "Panels are drawn by the page itself. Text stays readable, a little softer at the edges.",
    }),
    frameRateLine(facts),
    line("systemKeyboard", "The headset's own keyboard", facts.systemKeyboard, {
      yes: "The headset's keyboard can be used besides the one in the room.",
      no: "Typing uses the keyboard in the room, a real keyboard, or your voice.",
      unknown: "Whether the headset lends its keyboard shows once you have entered.",
    }),
    ...(facts.views === null ? [] : [viewsLine(facts.views)]),
  ];
}

function noVr({ api, secure }: XrFacts): string {
  if (!secure) return "Headsets need a secure address (https). Open Qui by https to enter.";
  if (!api) return "This browser has no WebXR. In a headset, open Qui in the headset's own browser.";
  return "No headset was found. Connect one, or open Qui in the headset's own browser.";
}

function frameRateLine({ frameRates, frameRate }: XrFacts): FeatureLine {
  const base = { id: "frameRates", name: "Pictures a second" } as const;
  const now = frameRate === null ? "" : ` It runs at ${Math.round(frameRate)} now.`;
  if (frameRates === null) {
    return { ...base, state: "unknown", text: "How many the headset shows is known once you have entered." };
  }
  if (frameRates.length === 0) {
    return { ...base, state: "no", text: `The headset chooses by itself.${now}` };
  }
  const rates = frameRates.map((rate) => Math.round(rate));
  const listed = rates.length === 1 ? `${rates[0]}` : `${rates.slice(0, -1).join(", ")} or ${rates.at(-1)}`;
  return { ...base, state: "yes", text: `The headset can show ${listed}.${now}` };
}

function viewsLine(views: number): FeatureLine {
  const text =
    views > 2
      ? `The headset takes ${views} pictures for each frame, with a sharper middle for each eye.`
      : "The headset takes one picture for each eye.";
  return { id: "views", name: "Views", state: "yes", text };
}

function line(
  id: FeatureLine["id"],
  name: string,
  has: boolean | null,
  text: { yes: string; no: string; unknown?: string },
): FeatureLine {
  const state = has === null ? "unknown" : has ? "yes" : "no";
  return { id, name, state, text: state === "unknown" ? (text.unknown ?? text.no) : text[state] };
}
