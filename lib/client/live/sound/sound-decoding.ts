import { LIVE_SOUND_RATE, type LiveSoundHeader } from "#lib/protocol/live-sound.ts";

/** Packets inside the decoder beyond which a new one is dropped. */
const QUEUE_MAX = 25;
/** In a row; a decoder that takes nothing is not tried for ever. */
const FAILURES_MAX = 20;

export interface SoundDecoding {
  decode(header: LiveSoundHeader, payload: Uint8Array<ArrayBuffer>): void;
  dispose(): void;
}

/** Decodes one tab's packets. `give` gets them in order, and has to close each. */
export function createSoundDecoding(give: (sound: AudioData, first: boolean) => void): SoundDecoding {
  let decoder: AudioDecoder | null = null;
  let channels = 0;
  let failures = 0;
  /** Of packets under way, whether each is the first after silence, by its stamp. */
  const firsts = new Set<number>();

  function close(): void {
    if (decoder && decoder.state !== "closed") decoder.close();
    decoder = null;
    firsts.clear();
  }

  function open(numberOfChannels: number): AudioDecoder {
    const created = new AudioDecoder({
      output(sound) {
        failures = 0;
        give(sound, firsts.delete(sound.timestamp));
      },
      error() {
        failures += 1;
        if (decoder === created) close();
      },
    });
    created.configure({ codec: "opus", sampleRate: LIVE_SOUND_RATE, numberOfChannels });
    channels = numberOfChannels;
    return created;
  }

  return {
    decode(header, data) {
      if (failures >= FAILURES_MAX) return;
      if (decoder && channels !== header.channels) close();
      decoder ??= open(header.channels);
      if (decoder.decodeQueueSize >= QUEUE_MAX) return;
      // Only told apart by it; when each is played is decided once it is decoded.
      const timestamp = header.packet * 20_000;
      if (header.first) firsts.add(timestamp);
      decoder.decode(new EncodedAudioChunk({ type: "key", timestamp, data }));
    },
    dispose: close,
  };
}
