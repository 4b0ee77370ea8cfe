const MEGABYTE = 1024 * 1024;
/** Arrays below this are not counted. */
const LARGE_BYTES = 4 * MEGABYTE;
const ONE_ARRAY_BYTES_MAX = 64 * MEGABYTE;
const ALL_LARGE_BYTES_MAX = 1024 * MEGABYTE;

let depth = 0;
const original = { Uint8Array: globalThis.Uint8Array, DecompressionStream: globalThis.DecompressionStream };

/**
 * Runs `work` while no `Uint8Array` made on this thread may pass a size, nor all
 * large ones together. A compressed stream of a PDF can unfold a thousandfold,
 * again in each nested filter; the parser has no limit of its own, and a worker's
 * heap limit does not count array buffers. Only the growth of a buffer stops it
 * in every case: any filter, nested, inside encryption. Throws a `RangeError`
 * into the parser, which gives up on that stream.
 *
 * The platform's own decompressor is hidden meanwhile, because it unfolds a
 * stream whole before the parser sees it; the parser then uses its own. For a
 * worker that does one thing at a time: other work on the thread is bound too.
 */
export async function guardAllocations<Result>(work: () => Promise<Result>): Promise<Result> {
  if (depth++ === 0) {
    globalThis.Uint8Array = guardedArray();
    globalThis.DecompressionStream = HiddenDecompressionStream as unknown as typeof DecompressionStream;
  }
  try {
    return await work();
  } finally {
    if (--depth === 0) Object.assign(globalThis, original);
  }
}

class HiddenDecompressionStream {
  constructor() {
    throw new TypeError("not available while a PDF is read");
  }
}

function guardedArray(): Uint8ArrayConstructor {
  let total = 0;
  return new Proxy(original.Uint8Array, {
    construct(target, args, newTarget) {
      const [length] = args;
      if (typeof length === "number" && length >= LARGE_BYTES) {
        total += length;
        if (length > ONE_ARRAY_BYTES_MAX || total > ALL_LARGE_BYTES_MAX) {
          throw new RangeError("a PDF's data is larger than its reader allows");
        }
      }
      return Reflect.construct(target, args, newTarget);
    },
  });
}
