import { z } from "zod";
import { PLACES_KEY } from "#lib/client/live/places-key.ts";
import { getPagePanel } from "#lib/client/store/browser-store.ts";

/** Where a node keeps a tab whose window went away. */
export interface KeptPlace {
  socketUrl: string;
  /** Opens it once, for about a minute. */
  resume: string;
}

/** A node keeps a tab for a minute; what is asked for later would be refused. */
const KEPT_MS = 58_000;
/** More tabs than any plan has. */
const PLACES_MAX = 64;

const placesSchema = z
  .array(
    z.object({
      panelId: z.string().max(100),
      socketUrl: z.url({ protocol: /^wss?$/ }),
      resume: z.string().min(1).max(64),
      keptAtMs: z.number(),
    }),
  )
  .max(PLACES_MAX);

let isForgotten = false;

/**
 * Notes where the tab of a panel waits, for this window when it comes back: reloaded, by the browser's Back, or
 * opened again after it was closed. The storage is the window's own, and a copy of the window finds keys that are
 * spent.
 * @returns false for what is not to be found again: a private panel's, one whose page is read now, deleted data.
 */
export function keepPlace(panelId: string, { socketUrl, resume }: KeptPlace, nowMs: number): boolean {
  const panel = getPagePanel(panelId);
  if (isForgotten || !resume || !panel || panel.private || panel.state.engine !== "live") return false;
  const others = readPlaces(nowMs).filter((place) => place.panelId !== panelId);
  return write([...others, { panelId, socketUrl, resume, keptAtMs: nowMs }].slice(-PLACES_MAX));
}

/** Where the tab of a panel waits, if it still does; the note is gone then, as its key works once. */
export function takePlace(panelId: string, nowMs: number): KeptPlace | null {
  const places = readPlaces(nowMs);
  const place = places.find((each) => each.panelId === panelId);
  if (!place) return null;
  write(places.filter((each) => each !== place));
  return { socketUrl: place.socketUrl, resume: place.resume };
}

/** The panels whose tabs wait now. */
export function keptPanels(nowMs: number): string[] {
  return readPlaces(nowMs).map(({ panelId }) => panelId);
}

/** From here on nothing is noted: this window's data were deleted, and it must not be found as it was. */
export function forgetPlaces(): void {
  isForgotten = true;
  write([]);
}

function readPlaces(nowMs: number): z.infer<typeof placesSchema> {
  try {
    const places = placesSchema.safeParse(JSON.parse(sessionStorage.getItem(PLACES_KEY) ?? "[]"));
    const isYoung = ({ keptAtMs }: { keptAtMs: number }) => Math.abs(nowMs - keptAtMs) < KEPT_MS;
    return places.success ? places.data.filter(isYoung) : [];
  } catch {
    return []; // Storage is switched off, or somebody else wrote there.
  }
}

function write(places: z.infer<typeof placesSchema>): boolean {
  try {
    if (places.length === 0) sessionStorage.removeItem(PLACES_KEY);
    else sessionStorage.setItem(PLACES_KEY, JSON.stringify(places));
    return true;
  } catch {
    return false; // Storage is switched off or full: the page is opened anew.
  }
}
