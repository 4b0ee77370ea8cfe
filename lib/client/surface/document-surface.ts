import type { DocumentSurface } from "#lib/client/surface/surface-contract.ts";
import type { EngineHostKind } from "#lib/client/surface/surface-link.ts";
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import { TileSurface } from "#lib/client/surface/tile-surface.ts";

/** A surface without content. `host` says where it is laid out and painted; by itself it takes a worker if there can be one. */
export function createDocumentSurface(options: SurfaceOptions, host?: EngineHostKind): DocumentSurface {
  return new TileSurface(options, host);
}
