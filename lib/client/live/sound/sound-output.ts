/** With nothing to play for so long the device is let go; the next sound takes it again. */
const IDLE_MS = 10_000;

export interface SoundOutput {
  readonly context: AudioContext;
  /** Something is played now: the device is taken, if the browser allows it. */
  use(): void;
}

let output: SoundOutput | null = null;

/** Whether this browser can play the sound of live pages; it is silent about it where it cannot. */
export function canPlaySound(): boolean {
  return typeof AudioDecoder === "function" && typeof AudioContext === "function";
}

/** The one way out for the sound of all live pages, which mix there. Made for the first sound there is. */
export function getSoundOutput(): SoundOutput {
  output ??= createOutput();
  return output;
}

function createOutput(): SoundOutput {
  // Opus's own rate: packets laid end to end stay exactly that.
  const context = new AudioContext({ latencyHint: "interactive", sampleRate: 48_000 });
  let idle: ReturnType<typeof setTimeout> | undefined;
  let isResting = false;

  const resume = () => {
    if (context.state !== "suspended" || isResting) return;
    context.resume().catch(() => {
      // Refused where the browser does not count this as a wish to hear: the next press asks again.
    });
  };
  // Browsers let sound begin with a press or a key and nothing less.
  for (const type of ["pointerup", "keydown", "touchend"])
    window.addEventListener(type, resume, { capture: true, passive: true });

  return {
    context,
    use() {
      isResting = false;
      resume();
      clearTimeout(idle);
      idle = setTimeout(() => {
        isResting = true;
        void context.suspend();
      }, IDLE_MS);
    },
  };
}
