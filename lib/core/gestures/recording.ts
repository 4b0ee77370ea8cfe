import { z } from "zod";
import { createHandFrame, type HandFrame, type HandSample } from "#lib/core/gestures/hand-joints.ts";

/** Tenths of a millimetre: what tracking resolves, in short numbers. */
const UNITS_PER_METRE = 10_000;
const FRAMES_MAX = 100_000;

const handSchema = z
  .object({
    /** 75 coordinates in tenths of a millimetre. */
    joints: z.array(z.int()).length(75),
    radii: z.array(z.int()).length(25),
    aims: z.boolean(),
  })
  .nullable();

const recordingSchema = z.object({
  format: z.literal("qui-hands"),
  version: z.literal(1),
  frames: z
    .array(
      z.object({
        timeMs: z.number(),
        /** Position in metres, orientation x, y, z, w. */
        head: z.array(z.number()).length(7),
        left: handSchema,
        right: handSchema,
      }),
    )
    .max(FRAMES_MAX),
});

/** Hands as they were, to be played to the recognizer again: a fault that happened in a headset becomes a test. */
export type HandRecording = z.infer<typeof recordingSchema>;

export function createRecording(): HandRecording {
  return { format: "qui-hands", version: 1, frames: [] };
}

/** Copies a frame; false when the recording is full. */
export function recordFrame(recording: HandRecording, frame: HandFrame): boolean {
  if (recording.frames.length >= FRAMES_MAX) return false;
  recording.frames.push({
    timeMs: frame.timeMs,
    head: [...frame.head],
    left: recordHand(frame.left),
    right: recordHand(frame.right),
  });
  return true;
}

/** Null for anything that is not a recording of this version. */
export function parseRecording(text: string): HandRecording | null {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    // Not even JSON: the same answer as for JSON of another kind.
    return null;
  }
  return recordingSchema.safeParse(value).data ?? null;
}

/** Hands each frame to `onFrame`, in order. The frame object is one and the same; read it, do not keep it. */
export function replayRecording(recording: HandRecording, onFrame: (frame: HandFrame) => void): void {
  const frame = createHandFrame();
  for (const recorded of recording.frames) {
    frame.timeMs = recorded.timeMs;
    frame.head.set(recorded.head);
    restoreHand(frame.left, recorded.left);
    restoreHand(frame.right, recorded.right);
    onFrame(frame);
  }
}

type RecordedHand = HandRecording["frames"][number]["left"];

function recordHand(sample: HandSample): RecordedHand {
  if (!sample.tracked) return null;
  const joints = Array.from(sample.positions, toUnits);
  return { joints, radii: Array.from(sample.radii, toUnits), aims: sample.aimsAtPanel };
}

function restoreHand(sample: HandSample, recorded: RecordedHand): void {
  sample.tracked = recorded !== null;
  sample.aimsAtPanel = recorded?.aims ?? false;
  for (let index = 0; index < 75; index += 1) {
    sample.positions[index] = (recorded?.joints[index] ?? 0) / UNITS_PER_METRE;
  }
  for (let index = 0; index < 25; index += 1) {
    sample.radii[index] = (recorded?.radii[index] ?? 0) / UNITS_PER_METRE;
  }
}

function toUnits(metres: number): number {
  return Number.isFinite(metres) ? Math.round(metres * UNITS_PER_METRE) : 0;
}
