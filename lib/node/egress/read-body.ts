import { AppError } from "#lib/core/errors/app-error.ts";

/**
 * The whole body as one array.
 * @throws AppError `too_large` past `bytesMax` (the connection is ended), and whatever the body itself errors with.
 */
export async function readBody(
  response: { body: ReadableStream<Uint8Array>; headers?: Record<string, string> },
  { bytesMax }: { bytesMax: number },
): Promise<Uint8Array> {
  // A body that says it is too large is refused before it is waited for; decoding only makes it larger.
  if (Number(response.headers?.["content-length"]) > bytesMax) {
    await response.body.cancel();
    throw new AppError("too_large", { detail: `body announced over ${bytesMax} bytes` });
  }
  const reader = response.body.getReader();
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    bytes += value.byteLength;
    if (bytes > bytesMax) {
      await reader.cancel();
      throw new AppError("too_large", { detail: `body over ${bytesMax} bytes` });
    }
    chunks.push(value);
  }
  return chunks.length === 1 && chunks[0] ? chunks[0] : new Uint8Array(Buffer.concat(chunks, bytes));
}
