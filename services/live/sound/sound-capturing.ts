import { z } from "zod";
import { LIVE_SOUND_BYTES_MAX } from "#lib/protocol/live-sound.ts";
import type { Capturing } from "#services/live/capture/capture-page.ts";
import { installSound, type SoundLimits, type SoundPacket } from "#services/live/sound/sound-script.ts";

const LIMITS: SoundLimits = { silentBelow: 1e-4, silentMs: 400, queueMax: 10 };

/** The sound of a tab as packets of Opus, and nothing while it is silent. */
export const SOUND: Capturing = {
  name: "quiSound",
  script: `(${installSound})(${JSON.stringify(LIMITS)})`,
};

export const soundSchema = z.object({
  kind: z.literal("packet"),
  data: z.base64().max(Math.ceil(LIVE_SOUND_BYTES_MAX / 3) * 4),
  samples: z.number().int().min(1).max(5_760),
  channels: z.number().int().min(1).max(2),
  first: z.boolean(),
  capturedAtMs: z.number(),
}) satisfies z.ZodType<SoundPacket>;
