import { addAbortSignal, pipeline, type Transform } from "node:stream";
import {
  constants,
  createBrotliDecompress,
  createGunzip,
  createInflate,
  createInflateRaw,
  createZstdDecompress,
} from "node:zlib";
import { AppError } from "#lib/core/errors/app-error.ts";

type Chunks = AsyncIterable<Uint8Array>;

/** A body cut short decodes as far as it goes, as browsers do; the transport has its own say on truncation. */
const ZLIB_OPTIONS = { flush: constants.Z_SYNC_FLUSH, finishFlush: constants.Z_SYNC_FLUSH };
const BROTLI_OPTIONS = {
  flush: constants.BROTLI_OPERATION_FLUSH,
  finishFlush: constants.BROTLI_OPERATION_FLUSH,
};
const ZSTD_OPTIONS = {
  flush: constants.ZSTD_e_continue,
  finishFlush: constants.ZSTD_e_continue,
  // RFC 9659: a zstd content coding needs no window above 8 MB; more would be memory for an attacker.
  params: { [constants.ZSTD_d_windowLogMax]: 23 },
};

const DECODERS: Readonly<Record<string, (() => Transform) | "deflate">> = {
  gzip: () => createGunzip(ZLIB_OPTIONS),
  "x-gzip": () => createGunzip(ZLIB_OPTIONS),
  deflate: "deflate",
  br: () => createBrotliDecompress(BROTLI_OPTIONS),
  zstd: () => createZstdDecompress(ZSTD_OPTIONS),
};

/**
 * The codings to undo, outermost first. As in browsers, a header with a coding
 * nobody knows means that nothing is undone.
 * @throws AppError `bad_response` when they nest deeper than `depthMax`.
 */
export function listEncodings(header: string | undefined, depthMax: number): string[] {
  const codings = (header ?? "")
    .toLowerCase()
    .split(",")
    .map((coding) => coding.trim())
    .filter((coding) => coding !== "" && coding !== "identity");
  if (codings.some((coding) => !Object.hasOwn(DECODERS, coding))) return [];
  if (codings.length > depthMax) {
    throw new AppError("bad_response", { detail: `${codings.length} nested content encodings` });
  }
  return codings.reverse();
}

/**
 * Undoes content codings as a stream. Each layer's output is counted, so a bomb
 * inside a bomb stops at `bytesMax` on whichever layer swells first.
 */
export async function* decodeBody(
  source: Chunks,
  { encodings, bytesMax, signal }: { encodings: string[]; bytesMax: number; signal: AbortSignal },
): Chunks {
  let chunks = source;
  for (const encoding of encodings) chunks = limitBytes(undo(chunks, encoding, signal), bytesMax, "decoded");
  yield* chunks;
}

/** Passes chunks on until their sum is more than `bytesMax`, then throws an `AppError` `too_large`. */
export async function* limitBytes(source: Chunks, bytesMax: number, what: string): Chunks {
  let bytes = 0;
  for await (const chunk of source) {
    bytes += chunk.byteLength;
    if (bytes > bytesMax) throw new AppError("too_large", { detail: `more than ${bytesMax} ${what} bytes` });
    yield chunk;
  }
}

async function* undo(source: Chunks, encoding: string, signal: AbortSignal): Chunks {
  const iterator = source[Symbol.asyncIterator]();
  const first = await iterator.next();
  if (first.done) return;
  const whole = prepend(first.value, iterator);
  const create = DECODERS[encoding];
  const decoder = typeof create === "function" ? create() : createDeflateDecoder(first.value);
  addAbortSignal(signal, decoder);
  pipeline(whole, decoder, () => {
    // An error reaches the reader by way of the decoder.
  });
  yield* decoder as Chunks;
}

/** Some servers send raw deflate where RFC 9110 §8.4.1.2 asks for the zlib format; the first byte tells. */
function createDeflateDecoder(first: Uint8Array): Transform {
  const isZlib = ((first[0] ?? 0) & 0x0f) === 0x08;
  return isZlib ? createInflate(ZLIB_OPTIONS) : createInflateRaw(ZLIB_OPTIONS);
}

async function* prepend(first: Uint8Array, rest: AsyncIterator<Uint8Array>): Chunks {
  try {
    yield first;
    yield* { [Symbol.asyncIterator]: () => rest };
  } finally {
    await rest.return?.();
  }
}
