import { z } from "zod";
import type { ImageFormats, OutputType } from "#lib/core/media/image-output.ts";
import type { ImageType } from "#lib/core/media/sniff-media.ts";

/** One picture to make safe to show. Sent to a child process as it is. */
export interface ImageJob {
  bytes: Uint8Array;
  /** By its bytes, see `sniffMedia`. */
  type: ImageType;
  formats: ImageFormats;
  widthMax: number;
  /** The width was asked for; only then is a vector drawn larger than it says it is. */
  explicitWidth: boolean;
}

export interface RenderedImage {
  bytes: Uint8Array;
  type: OutputType;
  width: number;
  height: number;
}

const outputTypes = ["webp", "avif", "jpeg", "png", "gif"] as const satisfies readonly OutputType[];

/** What a child answers. It handles hostile files, so its word is checked too. */
export const imageReplySchema = z.discriminatedUnion("ok", [
  z.object({
    ok: z.literal(true),
    image: z.object({
      bytes: z.custom<Uint8Array>((value) => value instanceof Uint8Array),
      type: z.enum(outputTypes),
      width: z.number().int().positive(),
      height: z.number().int().positive(),
    }),
    rssBytes: z.number(),
  }),
  z.object({
    ok: z.literal(false),
    code: z.enum(["too_large", "bad_response"]),
    detail: z.string().max(500),
    rssBytes: z.number(),
  }),
]);
export type ImageReply = z.infer<typeof imageReplySchema>;
