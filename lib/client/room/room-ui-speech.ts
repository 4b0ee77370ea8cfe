import { roomSettingsStore } from "#lib/client/room/room-settings.ts";
import { roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { announce } from "#lib/client/store/ui-store.ts";

/** A ray that sweeps over ten controls means the one it stays on. */
const STAY_MS = 350;
/** A name appears beside a control after this long. */
const HINT_MS = 500;

let pointedAt: string | null = null;
let timers: ReturnType<typeof setTimeout>[] = [];

/**
 * What the person points at, in words, or null when it is nothing any more. After
 * a moment it is told to screen readers, said aloud where that is switched on, and
 * shown as a name.
 */
export function pointAt(name: string | null): void {
  if (name === pointedAt) return;
  pointedAt = name;
  for (const timer of timers) clearTimeout(timer);
  timers = [];
  if (name === null) {
    roomUiStore.setState({ hint: null });
    return;
  }
  timers = [
    setTimeout(() => {
      announce(name);
      if (roomSettingsStore.getState().speech) speak(name);
    }, STAY_MS),
    setTimeout(() => roomUiStore.setState({ hint: name }), HINT_MS),
  ];
}

/** Ends the pointing at something that went away, without ending a newer one. */
export function leave(name: string): void {
  if (pointedAt === name) pointAt(null);
}

/** Only the newest words are of use: what is still being said stops. */
export function speak(text: string): void {
  if (typeof speechSynthesis === "undefined") return;
  speechSynthesis.cancel();
  const words = new SpeechSynthesisUtterance(text);
  words.lang = document.documentElement.lang;
  speechSynthesis.speak(words);
}
