import type { LiveTabInput } from "#lib/client/live/live-tab.ts";
import { createSoundDecoding } from "#lib/client/live/sound/sound-decoding.ts";
import { canPlaySound, getSoundOutput } from "#lib/client/live/sound/sound-output.ts";
import { placeSound, watchSoundPlaces } from "#lib/client/live/sound/sound-places.ts";
import { browserStore, getPagePanel } from "#lib/client/store/browser-store.ts";
import { createSoundSchedule } from "#lib/core/live/sound-schedule.ts";
import { FULL_SOUND } from "#lib/core/space/navigation.ts";
import { decodeLiveSound } from "#lib/protocol/live-sound.ts";

/** How a change of volume glides, so that it does not click. */
const GLIDE_S = 0.02;

/** What a panel's tab sounds like in this window. */
export interface TabSound {
  /** Takes a binary message of sound; one that cannot be read is left out. */
  push(message: ArrayBuffer): void;
  /** The tab stands on a node that knows nothing yet of what is wanted. */
  opened(): void;
  dispose(): void;
}

interface Ways {
  gain: GainNode;
  panner: StereoPannerNode;
}

/** Plays a tab's packets at the panel's volume. A panel that is muted has the node send none. */
export function createTabSound(panelId: string, send: (message: LiveTabInput) => void): TabSound {
  const schedule = createSoundSchedule();
  const decoding = createSoundDecoding(play);
  let ways: Ways | null = null;
  let told = false;

  const volume = () => {
    const panel = getPagePanel(panelId);
    const { muted, volume } = panel?.state.sound ?? FULL_SOUND;
    // While its page is read as a document a tab is silent: nothing shows where to mute it.
    return muted || panel?.state.engine !== "live" ? 0 : volume;
  };

  function getWays(context: AudioContext): Ways {
    if (ways) return ways;
    const gain = new GainNode(context, { gain: loudness(volume()) });
    const panner = new StereoPannerNode(context, { pan: placeSound(panelId) });
    gain.connect(panner).connect(context.destination);
    ways = { gain, panner };
    return ways;
  }

  function play(sound: AudioData, first: boolean): void {
    const { context, use } = getSoundOutput();
    use();
    // Before the person's first press nothing may sound; what came until then is over.
    if (context.state === "running") lay(context, sound, first);
    sound.close();
  }

  function lay(context: AudioContext, sound: AudioData, first: boolean): void {
    const { numberOfFrames: frames, numberOfChannels: channels, sampleRate } = sound;
    const durationS = frames / sampleRate;
    const atS = schedule.place({ durationS, first, nowS: context.currentTime });
    if (atS === null) return;
    const buffer = new AudioBuffer({ length: frames, numberOfChannels: channels, sampleRate });
    for (let planeIndex = 0; planeIndex < channels; planeIndex += 1)
      sound.copyTo(buffer.getChannelData(planeIndex), { planeIndex, format: "f32-planar" });
    const source = new AudioBufferSourceNode(context, { buffer });
    source.connect(getWays(context).gain);
    source.start(atS);
  }

  function tell(): void {
    const on = canPlaySound() && volume() > 0;
    if (on === told) return;
    told = on;
    send({ type: "sound", on });
  }

  const stops = [
    browserStore.subscribe(({ session }, before) => {
      if (session === before.session) return;
      tell();
      ways?.gain.gain.setTargetAtTime(loudness(volume()), ways.gain.context.currentTime, GLIDE_S);
    }),
    watchSoundPlaces((id, pan) => {
      if (id === panelId) ways?.panner.pan.setTargetAtTime(pan, ways.panner.context.currentTime, GLIDE_S);
    }),
  ];

  return {
    push(message) {
      const read = decodeLiveSound(message);
      if (read && canPlaySound() && volume() > 0) decoding.decode(read.header, read.payload);
    },
    opened() {
      told = false;
      tell();
    },
    dispose() {
      for (const stop of stops) stop();
      decoding.dispose();
      ways?.gain.disconnect();
      ways?.panner.disconnect();
      ways = null;
    },
  };
}

/** Ears hear ratios: the square of the setting comes close enough to even steps. */
function loudness(volume: number): number {
  return volume * volume;
}
