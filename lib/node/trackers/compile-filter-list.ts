import { ENGINE_VERSION, FiltersEngine } from "@ghostery/adblocker";

/** Changes when the compiled form does, so that one kept on disk by an older version is not read. */
export const COMPILED_FORMAT = `${ENGINE_VERSION}n`;

/**
 * Parses a filter list and serialises the matching engine. Only network rules
 * are kept: the reader renders no page, so there is nothing to hide in one.
 * About a third of a second and 150 MB for EasyList, so run it in a worker.
 */
export function compileFilterList(text: string): Uint8Array {
  const engine = FiltersEngine.parse(text, {
    loadCosmeticFilters: false,
    loadCSPFilters: false,
    enableHtmlFiltering: false,
    enableMutationObserver: false,
  });
  return engine.serialize();
}
