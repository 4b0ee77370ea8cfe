import type { Group, WebGLRenderer } from "three";
import type { SurfaceOptions } from "#lib/client/surface/surface-options.ts";
import type { PanelSurface } from "#lib/client/xr/panel/panel-surface.ts";
import type { TilePicture } from "#lib/client/xr/tile-texture.ts";
import type { LegiblePanel } from "#lib/core/layout/legibility.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** What a panel is read with: a person's settings, resolved for the panel and the device. */
export type PanelReading = Pick<SurfaceOptions, "appearance" | "theme" | "textScale" | "highContrast">;

/** The picture a panel shows, and what it takes of graphics memory, mipmaps included. */
export interface PanelTexture {
  readonly picture: TilePicture | null;
  readonly bytes: number;
}

/** What tests and whoever measures the room may know of what is shown. CSS pixels of the page's viewport. */
export interface PanelContentFigures {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly scrollPx: number;
  readonly contentHeightPx: number;
  /** Texture pixels for each CSS pixel. */
  readonly scale: number;
  /** Pictures it is made of; 0 before there is anything to see. */
  readonly pictures: number;
  /** The middle of a link in view; null where there is none, or nobody can know. */
  findLink(href: string): { x: number; y: number } | null;
}

/** One frame, as the loop of all panels gives it. The same object each time. */
export interface PanelStep {
  renderer: WebGLRenderer;
  frame: XRFrame | undefined;
  deltaMs: number;
  /** False in the frames a panel aside leaves out. */
  mayUpload: boolean;
  /** The cosine of the angle between where the person looks and the panel's middle. */
  gazeCos: number;
  /** How far to the side of that it stands: -1 is left, 1 right. */
  gazeSide: number;
}

/**
 * One panel in the room, whatever its engine: its picture, its sheet, and what
 * pointers do to it. Chrome, gestures, layouts and measurements know panels as this.
 */
export interface PanelCore {
  readonly id: string;
  readonly engine: "reader" | "live";
  /** Stands at the panel's pose in the layout frame; chrome hangs in it. */
  readonly object: Group;
  readonly surface: PanelSurface;
  readonly texture: PanelTexture;
  readonly content: PanelContentFigures;
  readonly legible: LegiblePanel;
  /** The pose it is shown at: the space's, or the one it is being moved to. */
  readonly pose: Pose;
  /** Shows it elsewhere without a change of the space; null gives it back its own pose. */
  preview(pose: Pose | null): void;
  setReading(reading: PanelReading): void;
  /** Texture pixels for each CSS pixel, out of what all panels share, and the display's pixels in a degree. */
  setScale(scale: number, pixelsPerDegree: number): void;
  /** Grows with each texture made anew: the moments a device can run out of memory. */
  readonly rebuilds: number;
  /** After the graphics context was lost: the same page in a new texture. */
  rebuildTexture(): void;
  /** Kept by the frame loop: how long a panel aside has waited for its picture. */
  sinceUploadMs: number;
  /** Once a frame. Allocates nothing unless something changed. */
  update(step: Readonly<PanelStep>): void;
  dispose(): void;
}
