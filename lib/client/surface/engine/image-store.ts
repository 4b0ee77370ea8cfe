import { withMediaWidth } from "#lib/core/media/media-address.ts";

export interface ImageStore {
  /** The picture, null while it is on its way, "failed" when it cannot be had. `widthPx` in device pixels. */
  get(src: string, widthPx: number): ImageBitmap | "failed" | null;
  dispose(): void;
}

interface Entry {
  state: ImageBitmap | "loading" | "failed";
  bytes: number;
}

const BYTES_MAX = 48 * 1024 * 1024;
const LOADS_MAX = 4;
const TIMEOUT_MS = 30_000;

/** Pictures for painting, by way of our own origin only. Those not used for longest go when they are too many. */
export function createImageStore(onChange: (src: string) => void): ImageStore {
  const entries = new Map<string, Entry>();
  const waiting: { key: string; src: string; url: string }[] = [];
  const abort = new AbortController();
  let bytes = 0;
  let loads = 0;

  const load = async ({ key, src, url }: (typeof waiting)[number]): Promise<void> => {
    let state: Entry["state"] = "failed";
    try {
      const signal = AbortSignal.any([abort.signal, AbortSignal.timeout(TIMEOUT_MS)]);
      const answer = await fetch(url, { signal });
      if (answer.ok) state = await createImageBitmap(await answer.blob());
    } catch {
      // Not reachable or not a picture: its description is drawn instead.
    }
    loads--;
    if (abort.signal.aborted) {
      if (typeof state === "object") state.close();
      return;
    }
    const size = typeof state === "object" ? state.width * state.height * 4 : 0;
    entries.set(key, { state, bytes: size });
    bytes += size;
    trim(key);
    onChange(src);
    next();
  };
  const trim = (keep: string): void => {
    for (const [key, entry] of entries) {
      if (bytes <= BYTES_MAX) return;
      if (key === keep || typeof entry.state !== "object") continue;
      entry.state.close();
      bytes -= entry.bytes;
      entries.delete(key);
    }
  };
  const next = (): void => {
    // The newest first: it is what is in view now.
    for (let job = waiting.at(-1); job && loads < LOADS_MAX; job = waiting.at(-1)) {
      waiting.pop();
      loads++;
      void load(job);
    }
  };

  return {
    get(src, widthPx) {
      const url = ownAddress(src, widthPx);
      if (!url) return "failed";
      const entry = entries.get(url);
      if (!entry) {
        entries.set(url, { state: "loading", bytes: 0 });
        waiting.push({ key: url, src, url });
        next();
        return null;
      }
      entries.delete(url);
      entries.set(url, entry);
      return entry.state === "loading" ? null : entry.state;
    },
    dispose() {
      abort.abort();
      for (const { state } of entries.values()) if (typeof state === "object") state.close();
      entries.clear();
    },
  };
}

/** The address with the width that is enough, or null for one that is not ours. */
function ownAddress(src: string, widthPx: number): string | null {
  if (src.startsWith("blob:")) return src;
  const url = URL.parse(src.includes("?") ? withMediaWidth(src, Math.ceil(widthPx)) : src, location.href);
  return url?.origin === location.origin ? url.href : null;
}
