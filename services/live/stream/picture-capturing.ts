import { z } from "zod";
import { carryMark, coverTiles, findChangedTiles, layPlanes } from "#lib/core/live/changed-tiles.ts";
import type { Capturing } from "#services/live/capture/capture-page.ts";
import { type FilmLimits, installFilms } from "#services/live/stream/film-script.ts";
import type { PictureLimits, PictureReport } from "#services/live/stream/picture-messages.ts";
import { installPictures } from "#services/live/stream/picture-script.ts";

const LIMITS: PictureLimits = {
  // One block of a JPEG with halved colour, so an edit costs little more than itself.
  tile: 16,
  wholeShare: 0.4,
  webpPixels: 32_768,
  tileQuality: 0.82,
  stepsMax: 4,
  urgeMs: 80,
  urgesOften: 25,
  urgeSeldomMs: 500,
};

const FILM_LIMITS: FilmLimits = {
  // OpenH264 takes a frame in which more than 85 % of the blocks moved for a cut and makes a key frame of it,
  // every sixteenth frame of a page of text that is scrolled.
  quietShare: 0.25,
  firstPaceMs: 33,
  slowestPaceMs: 200,
};

const PARTS = Object.entries({ layPlanes, findChangedTiles, coverTiles, carryMark });

/** The picture of a tab, as what changed of it or as video. */
export const PICTURE: Capturing = {
  name: "quiPicture",
  script: `(${installFilms})(${JSON.stringify(FILM_LIMITS)});
    (${installPictures})(${JSON.stringify(LIMITS)}, { ${PARTS.map(([name, part]) => `${name}: ${part}`).join(",\n")} })`,
};

const place = z.number().int().nonnegative();

export const pictureSchema = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("still"),
    name: z.string(),
    from: z.string().nullable(),
    whole: z.boolean(),
    share: z.number(),
    tiles: z.array(
      z.object({
        x: place,
        y: place,
        width: place,
        height: place,
        codec: z.enum(["jpeg", "webp"]),
        data: z.string(),
      }),
    ),
    capturedAtMs: z.number(),
  }),
  z.object({ kind: z.literal("video"), key: z.boolean(), data: z.string(), capturedAtMs: z.number() }),
  z.object({ kind: z.literal("unable") }),
]) satisfies z.ZodType<PictureReport>;

/** H.264 Baseline at the lowest level that holds so many blocks a picture and a second (ITU H.264, table A-1). */
export function chooseCodec(width: number, height: number): string {
  const rows = Math.ceil(height / 16) + Math.ceil((height * FILM_LIMITS.quietShare) / 16);
  const blocks = Math.ceil(width / 16) * rows;
  return blocks <= 3600 ? "avc1.42E01F" : blocks <= 8192 ? "avc1.42E028" : "avc1.42E033";
}
