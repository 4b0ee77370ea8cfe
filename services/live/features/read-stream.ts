import type { CDPSession } from "playwright-core";

const CHUNK_BYTES = 1024 * 1024;

/**
 * The bytes of a stream that Chromium holds, in pieces; the stream is closed at the end.
 * @throws Error when there are more than `bytesMax`.
 */
export async function* readStream(
  cdp: CDPSession,
  handle: string,
  bytesMax: number,
): AsyncGenerator<Buffer, void, undefined> {
  let bytes = 0;
  try {
    for (;;) {
      const { data, eof, base64Encoded } = await cdp.send("IO.read", { handle, size: CHUNK_BYTES });
      const chunk = Buffer.from(data, base64Encoded ? "base64" : "utf8");
      bytes += chunk.byteLength;
      if (bytes > bytesMax) throw new Error("There is more of it than may be.");
      if (chunk.byteLength > 0) yield chunk;
      if (eof) return;
    }
  } finally {
    await cdp.send("IO.close", { handle }).catch(() => {
      // Gone with its page.
    });
  }
}
