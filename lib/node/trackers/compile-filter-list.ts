import { ENGINE_VERSION, FiltersEngine } from "@ghostery/adblocker";

/** Changes when the compiled form does, so that one kept on disk by another version is not read. */
export const COMPILED_FORMAT = `${ENGINE_VERSION}n`;

/** What loads, for the reader and for live pages; or what is shown, for live pages alone, since the reader renders none. */
export type RuleKind = "network" | "cosmetic";

/**
 * Parses a filter list and serialises an engine of one kind of its rules, in shared
 * memory. About a third of a second and 150 MB for EasyList, so run it in a worker.
 */
export function compileFilterList(text: string, kind: RuleKind = "network"): Uint8Array<SharedArrayBuffer> {
  const engine = FiltersEngine.parse(text, {
    loadCosmeticFilters: kind === "cosmetic",
    loadNetworkFilters: kind === "network",
    loadCSPFilters: false,
    enableHtmlFiltering: false,
    enableMutationObserver: false,
  });
  return shareEngine(engine.serialize());
}

export function shareEngine(bytes: Uint8Array): Uint8Array<SharedArrayBuffer> {
  const shared = new Uint8Array(new SharedArrayBuffer(bytes.length));
  shared.set(bytes);
  return shared;
}

/** Whether the bytes are an engine this version wrote, whole: format and checksum. */
export function isCompiledFilterList(engine: Uint8Array): boolean {
  try {
    FiltersEngine.deserialize(engine);
    return true;
  } catch {
    return false; // Cut off, altered, or written by another version of the library.
  }
}
