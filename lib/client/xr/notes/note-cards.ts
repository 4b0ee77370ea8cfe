import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";
import { Quaternion, Ray, type Vector2, Vector3 } from "three";
import type { CardSheet } from "#lib/client/xr/labels/card-sheet.ts";
import { type CardLook, paintClose, paintPlate, paintTexts } from "#lib/client/xr/labels/paint-card.ts";
import { layoutFrame } from "#lib/client/xr/panel/layout-frame.ts";
import { readPointerRay } from "#lib/client/xr/pointer-ray.ts";
import { createTransform, poseFromTransform, poseToTransform } from "#lib/core/layout/pose-transform.ts";
import { NOTE_ASPECT } from "#lib/core/notes/note-pose.ts";
import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";
import type { Note, Pose } from "#lib/protocol/space.ts";

export const NOTE_CELL = { cellWidthPx: 480, cellHeightPx: Math.round(480 * NOTE_ASPECT) } as const;
/** 7 cm of a card 34 cm wide: 2.7° at reading distance. */
const CLOSE_PX = 100;
/** Less than this is an unsteady press. */
const DRAG_MIN_M = 0.025;

export function paintNote(
  context: CanvasRenderingContext2D,
  note: Note,
  { theme, isHovered }: { theme: ChromeTheme; isHovered: boolean },
): void {
  const look: CardLook = {
    widthPx: NOTE_CELL.cellWidthPx,
    heightPx: NOTE_CELL.cellHeightPx,
    theme,
    isHovered,
  };
  paintPlate(context, look);
  paintTexts(
    context,
    [
      {
        text: `“${note.citation.quote}”`,
        sizePx: 27,
        color: theme.ink,
        isReading: true,
        linesMax: isHovered ? 5 : 6,
      },
      { text: note.title || note.url, sizePx: 21, weight: 500, color: theme.muted },
      ...(isHovered ? [{ text: "Go to passage", sizePx: 22, weight: 600, color: theme.accent }] : []),
    ],
    { ...look, outsetPx: 44 },
  );
  paintClose(context, look, CLOSE_PX * 0.8);
}

/** Whether a point of a card lies on its cross. `uv` counts from the lower left. */
export function isCloseCorner(uv: Vector2 | undefined): boolean {
  if (!uv) return false;
  const fromRight = (1 - uv.x) * NOTE_CELL.cellWidthPx;
  const fromTop = (1 - uv.y) * NOTE_CELL.cellHeightPx;
  return fromRight < CLOSE_PX && fromTop < CLOSE_PX;
}

const transform = createTransform();
const position = new Vector3();
const turn = new Quaternion();

export function placeNoteCard(sheet: CardSheet, index: number, pose: Pose): void {
  poseToTransform(pose, transform);
  sheet.place(
    index,
    position.fromArray(transform.position),
    turn.fromArray(transform.orientation),
    pose.widthM,
  );
}

type DragEvent = Pick<
  ScenePointerEvent,
  "pointerId" | "point" | "intersection" | "pointerPosition" | "pointerQuaternion"
>;

interface Held {
  note: Note;
  index: number;
}

/** A card in someone's hand: it stays as far along the pointer's ray as it was taken. */
export function createNoteDrag() {
  let held:
    | (Held & { pointerId: number; alongM: number; offset: Vector3; start: Vector3; pose: Pose | null })
    | null = null;
  const at = new Vector3();
  const ray = new Ray();
  return {
    /** False while another pointer holds a card. */
    start(event: DragEvent, { note, index }: Held): boolean {
      if (held) return false;
      const { position: middle } = poseToTransform(note.pose, transform);
      const start = layoutFrame.worldToLocal(event.point.clone());
      held = {
        note,
        index,
        pointerId: event.pointerId,
        alongM: event.point.distanceTo(event.pointerPosition),
        start,
        offset: new Vector3().fromArray(middle).sub(start),
        pose: null,
      };
      return true;
    },
    /** Where the card is now; null when this pointer holds none or has not moved it yet. */
    move(event: DragEvent): { index: number; pose: Pose } | null {
      if (!held || held.pointerId !== event.pointerId) return null;
      layoutFrame.worldToLocal(readPointerRay(event, ray).at(held.alongM, at));
      if (!held.pose && at.distanceTo(held.start) < DRAG_MIN_M) return null;
      at.add(held.offset);
      held.pose = poseFromTransform({ position: [at.x, at.y, at.z] }, held.note.pose);
      return { index: held.index, pose: held.pose };
    },
    /** What was held, with its new pose if it was moved. */
    end(pointerId: number): (Held & { pose: Pose | null }) | null {
      if (!held || held.pointerId !== pointerId) return null;
      const { note, index, pose } = held;
      held = null;
      return { note, index, pose };
    },
  };
}
