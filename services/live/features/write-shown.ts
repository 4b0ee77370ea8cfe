import { z } from "zod";
import type { PageWorld, WorldFrame } from "#services/live/world/page-world.ts";

/** UTF-16 units of markup over all frames: a long book. */
const UNITS_MAX = 2_000_000;
const WAIT_MS = 5_000;
/** A page that is busy comes to it later. */
const BUSY_MS = 5_000;
const FRAMES_MAX = 12;
const DEPTH_MAX = 3;
/** CSS pixels: smaller frames are counters and buttons. */
const FRAME_SIDES_MIN = { width: 120, height: 60 };
/** A frame of another site that says less than this is a player or an advertisement: it stays a frame. */
const FOREIGN_TEXT_MIN = 300;

const writtenSchema = z
  .object({
    parts: z.array(z.string().max(UNITS_MAX * 2)).max(100),
    frames: z
      .array(
        z.object({
          html: z.string().max(200_000),
          width: z.number(),
          height: z.number(),
          isForeign: z.boolean(),
        }),
      )
      .max(99),
    textUnits: z.number(),
    isCut: z.boolean(),
  })
  .refine(({ parts, frames }) => parts.length === frames.length + 1);
type Written = z.infer<typeof writtenSchema>;

export interface ShownDocument {
  html: string;
  /** It was too much: the end is missing. */
  isCut: boolean;
}

/**
 * The page as it is seen now, as one piece of plain HTML: what stands in frames takes their place.
 * @throws Error when the page does not answer in time; frames that do not are left as they are.
 */
export async function writeShown(world: PageWorld): Promise<ShownDocument> {
  const untilMs = performance.now() + WAIT_MS;
  let unitsLeft = UNITS_MAX;
  let framesLeft = FRAMES_MAX;
  let isCut = false;

  async function write(frame: WorldFrame, depth: number): Promise<{ html: string; textUnits: number }> {
    const waitMs = Math.max(250, untilMs - performance.now());
    const limits = { unitsMax: Math.max(0, unitsLeft), waitMs, isWhole: depth === 0 };
    const answer = await world.call(frame, { name: "snapshot", args: [limits] }, waitMs + BUSY_MS);
    const written = writtenSchema.parse(answer);
    unitsLeft -= written.parts.reduce((sum, { length }) => sum + length, 0);
    isCut ||= written.isCut;
    const inner = depth < DEPTH_MAX ? await findInner(world, frame, written) : new Map();
    let html = written.parts[0] ?? "";
    for (const [number, placed] of written.frames.entries()) {
      const child = inner.get(number);
      html += (child && (await writeInner(child, placed, depth + 1))) ?? placed.html;
      html += written.parts[number + 1] ?? "";
    }
    return { html, textUnits: written.textUnits };
  }

  async function writeInner(
    frame: WorldFrame,
    { isForeign }: Written["frames"][number],
    depth: number,
  ): Promise<string | null> {
    if (framesLeft <= 0 || performance.now() > untilMs) return null;
    framesLeft -= 1;
    try {
      const { html, textUnits } = await write(frame, depth);
      return textUnits > (isForeign ? FOREIGN_TEXT_MIN : 0) ? `<section>${html}</section>` : null;
    } catch {
      // It went away or hangs; the page around it can be read without.
      return null;
    }
  }

  const main = world.main();
  if (!main) throw new Error("There is no page.");
  const { html } = await write(main, 0);
  return { html, isCut };
}

/** Which frame of the browser is which of those written, for those large enough to be read. */
async function findInner(
  world: PageWorld,
  frame: WorldFrame,
  { frames }: Written,
): Promise<Map<number, WorldFrame>> {
  const { width, height } = FRAME_SIDES_MIN;
  const isRead = (number: number) =>
    (frames[number]?.width ?? 0) >= width && (frames[number]?.height ?? 0) >= height;
  const inner = new Map<number, WorldFrame>();
  if (!frames.some((_, number) => isRead(number))) return inner;
  const others = world.frames().filter((other) => !other.isMain && other !== frame);
  await Promise.all(
    others.map(async (other) => {
      // Frames within other frames have their owner elsewhere.
      const number = await world.callWithOwner(frame, other, "frame-number").catch(() => -1);
      if (typeof number === "number" && isRead(number)) inner.set(number, other);
    }),
  );
  return inner;
}
