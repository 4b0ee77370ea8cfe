import { hashText } from "#lib/core/document/identify-blocks.ts";
import { createReading, fileNameOf } from "#lib/node/reader/formats/create-reading.ts";
import { imageSizeOf } from "#lib/node/reader/formats/image-size-of.ts";
import type { Reading, ReadingInput } from "#lib/node/reader/reading.ts";

/** An image opened by its own address: one block that shows it. */
export function readImage(input: ReadingInput): Reading {
  const size = imageSizeOf(input.bytes);
  const title = fileNameOf(input.finalUrl);
  const id = `m${hashText(input.finalUrl)}`;
  return createReading(input, {
    kind: "image",
    title,
    excerpt: size ? `${size.width} × ${size.height}` : null,
    blocks: [{ id: "", type: "image", media: id, alt: title, caption: [] }],
    media: [
      {
        id,
        kind: "image",
        url: input.finalUrl,
        width: size?.width ?? null,
        height: size?.height ?? null,
        alt: title,
      },
    ],
  });
}
