import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { CUES, type CueName, type Tone } from "#lib/core/room-audio/cues.ts";
import { createVoices, takeVoice } from "#lib/core/room-audio/voices.ts";

/** Where a cue comes from, metres in the world. */
export interface CuePlace {
  x: number;
  y: number;
  z: number;
}

/** Metres at which a cue is as loud as its tones say. */
const NEAR_M = 1.2;

let context: AudioContext | null = null;
let voices = createVoices();

/**
 * Called with a person's press or key: browsers let sound begin with nothing less.
 * Until the setting is on, and until then, there is no audio context at all.
 */
export function allowSound(): void {
  if (!roomSettingsStore.getState().sound || typeof AudioContext === "undefined") return;
  if (!context) {
    context = new AudioContext({ latencyHint: "interactive" });
    voices = createVoices();
  }
  if (context.state === "suspended" && document.visibilityState === "visible") {
    // Refused where the browser does not count this as a wish to hear: the next press asks again.
    context.resume().catch(() => undefined);
  }
}

/** Nothing is heard from a window that is not seen. */
export function muteWhenHidden(): void {
  if (document.visibilityState === "hidden") void context?.suspend();
  else allowSound();
}

/** Gives the audio device back, as when the room is left. */
export function endSound(): void {
  void context?.close();
  context = null;
}

/** Plays a cue from a place, or from right here. Silent when sound is off, not yet allowed, or all voices sound. */
export function playCue(name: CueName, place: CuePlace | null = null): void {
  const { sound } = roomSettingsStore.getState();
  if (!sound || context?.state !== "running") return;
  if (takeVoice(voices, name, context.currentTime) < 0) return;
  const output = place ? createPanner(context, place) : context.destination;
  for (const tone of CUES[name]) playTone(context, tone, output);
}

function createPanner(audio: AudioContext, { x, y, z }: CuePlace): PannerNode {
  const panner = new PannerNode(audio, {
    panningModel: "HRTF",
    distanceModel: "inverse",
    refDistance: NEAR_M,
    maxDistance: 10,
    positionX: x,
    positionY: y,
    positionZ: z,
  });
  panner.connect(audio.destination);
  return panner;
}

function playTone(
  audio: AudioContext,
  { wave, fromHz, toHz, startS, lengthS, gain }: Tone,
  output: AudioNode,
): void {
  const start = audio.currentTime + startS;
  const end = start + lengthS;
  const oscillator = new OscillatorNode(audio, { type: wave, frequency: fromHz });
  const envelope = new GainNode(audio, { gain: 0 });
  oscillator.frequency.linearRampToValueAtTime(toHz, end);
  // From and to silence, since a tone that is cut off clicks.
  envelope.gain.setValueAtTime(0, start);
  envelope.gain.linearRampToValueAtTime(gain, start + Math.min(0.008, lengthS / 3));
  envelope.gain.exponentialRampToValueAtTime(0.0005, end);
  oscillator.connect(envelope).connect(output);
  oscillator.start(start);
  oscillator.stop(end + 0.02);
  oscillator.onended = () => envelope.disconnect();
}

/** Turns the ears with the head: `elements` is the camera's world matrix. */
export function placeEars(elements: ArrayLike<number>): void {
  if (context?.state !== "running") return;
  const { listener } = context;
  // Older versions of Firefox have only calls that are gone elsewhere: there, sounds come from ahead.
  if (!listener.positionX) return;
  listener.positionX.value = elements[12] ?? 0;
  listener.positionY.value = elements[13] ?? 0;
  listener.positionZ.value = elements[14] ?? 0;
  listener.forwardX.value = -(elements[8] ?? 0);
  listener.forwardY.value = -(elements[9] ?? 0);
  listener.forwardZ.value = -(elements[10] ?? 1);
  listener.upX.value = elements[4] ?? 0;
  listener.upY.value = elements[5] ?? 1;
  listener.upZ.value = elements[6] ?? 0;
}
