import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import type { TextRange } from "#lib/core/reading/find.ts";
import type { Document } from "#lib/protocol/document.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Text of a line with one formatting, where presses and selection find it. CSS pixels of the document. */
export interface HitFragment {
  blockId: string | null;
  start: number;
  end: number;
  x: number;
  y: number;
  width: number;
  height: number;
  isRtl: boolean;
  href: string | null;
  /** Carets from the edge the text begins at; see `caretStops`. */
  stops: Float32Array;
}

/** Something to press that is more than its text. */
export interface HitBox {
  x: number;
  y: number;
  width: number;
  height: number;
  blockId: string;
  href: string | null;
  action: "toggle" | "image" | "copy" | null;
}

export interface BlockPlace {
  id: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

/** A channel is one surface. A layout has an id, so that answers about an older one are known. */
export type ToEngine =
  | {
      type: "show";
      channel: number;
      layoutId: number;
      page: Page | null;
      document: Document;
      options: SurfaceOptions;
      open: string[];
      isOwn: boolean;
    }
  /** The same content under other options or with other sections open. */
  | { type: "layout"; channel: number; layoutId: number; options: SurfaceOptions; open: string[] }
  /** Other colours or another scale: nothing moves. */
  | { type: "options"; channel: number; options: SurfaceOptions }
  /** All tiles that are wanted now, the most urgent first; what was wanted before is forgotten. */
  | {
      type: "want";
      channel: number;
      layoutId: number;
      revision: number;
      tiles: number[];
      reach: [number, number];
    }
  | { type: "select"; channel: number; ranges: TextRange[] }
  | { type: "match"; channel: number; ranges: TextRange[]; active: number }
  | { type: "close"; channel: number };

export interface LayoutNews {
  type: "layout";
  channel: number;
  layoutId: number;
  heightPx: number;
  isDone: boolean;
  layoutMs: number;
  /** Laid out since the last news. */
  blocks: BlockPlace[];
}

export interface TileNews {
  type: "tile";
  channel: number;
  layoutId: number;
  revision: number;
  index: number;
  bitmap: ImageBitmap;
  fragments: HitFragment[];
  boxes: HitBox[];
}

export type FromEngine =
  | { type: "ready" }
  | LayoutNews
  | TileNews
  | { type: "error"; channel: number; message: string };

type Check = "number" | "string" | "object" | "array" | "boolean";

const TO_ENGINE: Record<ToEngine["type"], Record<string, Check>> = {
  show: {
    channel: "number",
    layoutId: "number",
    document: "object",
    options: "object",
    open: "array",
    isOwn: "boolean",
  },
  layout: { channel: "number", layoutId: "number", options: "object", open: "array" },
  options: { channel: "number", options: "object" },
  want: { channel: "number", layoutId: "number", revision: "number", tiles: "array", reach: "array" },
  select: { channel: "number", ranges: "array" },
  match: { channel: "number", ranges: "array", active: "number" },
  close: { channel: "number" },
};

const FROM_ENGINE: Record<FromEngine["type"], Record<string, Check>> = {
  ready: {},
  layout: { channel: "number", layoutId: "number", heightPx: "number", isDone: "boolean", blocks: "array" },
  tile: {
    channel: "number",
    layoutId: "number",
    index: "number",
    bitmap: "object",
    fragments: "array",
    boxes: "array",
  },
  error: { channel: "number", message: "string" },
};

/**
 * Both ends check the shape of what arrives. Documents were held to their schema
 * when they were fetched; the schema library would be the larger part of the worker.
 */
export function isToEngine(value: unknown): value is ToEngine {
  return matches(TO_ENGINE, value);
}

export function isFromEngine(value: unknown): value is FromEngine {
  return matches(FROM_ENGINE, value);
}

function matches(shapes: Record<string, Record<string, Check>>, value: unknown): boolean {
  if (value === null || typeof value !== "object") return false;
  const fields = value as Record<string, unknown>;
  const type = fields.type;
  const shape = typeof type === "string" && Object.hasOwn(shapes, type) ? shapes[type] : undefined;
  if (!shape) return false;
  return Object.entries(shape).every(([name, check]) => {
    const field = fields[name];
    if (check === "array") return Array.isArray(field);
    return field !== null && typeof field === check;
  });
}
