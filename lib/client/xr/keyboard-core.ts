import type { PointerEvent as ScenePointerEvent } from "@pmndrs/pointer-events";
import { Group, Mesh, MeshBasicMaterial, PlaneGeometry, Shape, ShapeGeometry, Vector3 } from "three";
import { createAccentRow } from "#lib/client/xr/keyboard/accent-row.ts";
import { createKeyPresses } from "#lib/client/xr/keyboard/key-presses.ts";
import { createKeySheet } from "#lib/client/xr/keyboard/key-sheet.ts";
import { KEY_REST_M, paintedState } from "#lib/client/xr/keyboard/key-tints.ts";
import { listenKeyboardPointers } from "#lib/client/xr/keyboard/keyboard-pointers.ts";
import { paintKeys } from "#lib/client/xr/keyboard/paint-keys.ts";
import {
  offsetAtField,
  paintStrip,
  STRIP_FONT,
  type StripContent,
} from "#lib/client/xr/keyboard/paint-strip.ts";
import { createPaintedCanvas } from "#lib/client/xr/keyboard/painted-canvas.ts";
import {
  BOARD_HEIGHT_DEG,
  BOARD_WIDTH_DEG,
  FIELD_ROW_DEG,
  KEYS_HEIGHT_DEG,
  type KeyPlace,
  placeAt,
  placeKeys,
  placeSuggestions,
  STRIP_HEIGHT_DEG,
} from "#lib/core/keyboard/key-geometry.ts";
import { buildKeys, type Key, type KeyboardView } from "#lib/core/keyboard/keys.ts";
import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";

/** Reach of an arm that is not stretched. */
export const KEYBOARD_DISTANCE_M = 0.6;
const M_PER_DEG = KEYBOARD_DISTANCE_M * Math.tan(Math.PI / 180);
const TOP_DEG = BOARD_HEIGHT_DEG / 2;
const MARGIN_DEG = 0.8;
const STRIP_M = 0.002;

export interface KeyboardFace {
  view: KeyboardView;
  strip: StripContent;
  theme: ChromeTheme;
}

export interface KeyboardSink {
  onKey(key: Key): void;
  /** Instead of the letter just typed. */
  onAccent(text: string): void;
  onSuggestion(index: number): void;
  onCaret(offset: number): void;
  /** A pointer came upon something, named in words; null when it left. */
  onHover(name: string | null, event: ScenePointerEvent): void;
}

export interface KeyboardCore {
  readonly object: Group;
  /** Draws what changed since the last call. */
  show(face: KeyboardFace): void;
  /** Lets go of all that is held, and of graphics memory. */
  hide(): void;
  /** One frame; says whether something is held, so that more frames are needed. Allocates nothing. */
  step(dtMs: number): boolean;
  /** Paints everything again: fonts have come. */
  repaint(): void;
  /** World coordinates of a key, suggestion or accent, written into `target`; null when it is not there. */
  centre(id: string, target: Vector3): Vector3 | null;
  dispose(): void;
}

let current: KeyboardCore | null = null;
const aimed = new Vector3();

/**
 * Where a key of the open keyboard is in the world, for tests and for whatever has to
 * aim at one. Ids: a small letter, `enter`, `backspace`, `shift`, `space`, `symbols`,
 * `language`, `hide`, `dictate`, `left`, `right`, `comma`, `stop`, `suggestion-0`, `accent-0`.
 */
export function keyCentre(id: string): { x: number; y: number; z: number } | null {
  const found = current?.centre(id, aimed);
  return found ? { x: found.x, y: found.y, z: found.z } : null;
}

/** The keyboard as a thing in the scene: four draw calls, one surface for all pointers. */
export function createKeyboardCore(sink: KeyboardSink): KeyboardCore {
  const object = new Group();
  object.name = "keyboard";
  object.visible = false;
  // Rays meet what cannot be seen too.
  object.pointerEvents = "none";
  const sheet = createKeySheet();
  const keysCanvas = createPaintedCanvas(BOARD_WIDTH_DEG, KEYS_HEIGHT_DEG);
  const stripCanvas = createPaintedCanvas(BOARD_WIDTH_DEG, STRIP_HEIGHT_DEG);
  const plate = new Mesh(roundedPlate(), new MeshBasicMaterial({ toneMapped: false }));
  plate.name = "keyboard-plate";
  const keysMesh = new Mesh(
    sheet.geometry,
    new MeshBasicMaterial({ map: keysCanvas.texture, vertexColors: true, toneMapped: false }),
  );
  const strip = new Mesh(
    new PlaneGeometry(BOARD_WIDTH_DEG * M_PER_DEG, STRIP_HEIGHT_DEG * M_PER_DEG),
    new MeshBasicMaterial({ map: stripCanvas.texture, toneMapped: false }),
  );
  strip.position.set(0, (TOP_DEG - STRIP_HEIGHT_DEG / 2) * M_PER_DEG, STRIP_M);
  const accents = createAccentRow(M_PER_DEG);
  object.add(plate, keysMesh, strip, accents.mesh);
  // The plate alone is met by pointers: which key it is follows from the place.
  for (const mesh of [keysMesh, strip, accents.mesh]) mesh.raycast = () => {};
  for (const mesh of [keysMesh, strip, accents.mesh]) Object.assign(mesh, { spherecast: () => {} });

  let face: KeyboardFace | null = null;
  let keys: Key[] = [];
  let places: KeyPlace[] = [];
  let suggestions: KeyPlace[] = [];
  let hoveredSuggestion = -1;

  const presses = createKeyPresses({
    onKey: sink.onKey,
    onOffer(press) {
      const place = places[press.index];
      if (place && face) accents.open(press, place, face.theme);
    },
  });

  const pointers = listenKeyboardPointers({
    plate,
    metresPerDegree: M_PER_DEG,
    findPlace: (x, y) =>
      (accents.isOpen() ? placeAt(accents.places(), x, y) : null) ??
      placeAt(places, x, y) ??
      placeAt(suggestions, x, y),
    onDown(pointerId, place, { x, y }) {
      const accent = accents.text(accents.indexOf(place));
      accents.close();
      if (accent !== undefined) sink.onAccent(accent);
      else if (place) press(pointerId, place);
      else if (face && y <= TOP_DEG && y > TOP_DEG - FIELD_ROW_DEG) {
        sink.onCaret(offsetAtField(face.strip, x, (text) => stripCanvas.measure(STRIP_FONT, text)));
      }
      tint();
    },
    onHover(place, event) {
      sink.onHover(place && nameOf(place), event);
      tint();
    },
    onMove(place) {
      if (accents.isOpen()) accents.choose(place);
    },
    onUp(pointerId, mayChoose) {
      const ended = presses.up(pointerId);
      const chosen = ended?.offered && mayChoose ? accents.chosen() : undefined;
      if (chosen !== undefined) {
        accents.close();
        sink.onAccent(chosen);
      }
      tint();
    },
  });

  const press = (pointerId: number, place: KeyPlace): void => {
    const suggestion = suggestions.indexOf(place);
    const index = places.indexOf(place);
    const key = keys[index];
    if (suggestion >= 0) sink.onSuggestion(suggestion);
    else if (key) presses.down(pointerId, key, index);
  };

  const nameOf = (place: KeyPlace): string => {
    const suggestion = suggestions.indexOf(place);
    if (suggestion >= 0) return face?.strip.suggestions[suggestion]?.label ?? "";
    return accents.text(accents.indexOf(place)) ?? keys[places.indexOf(place)]?.name ?? "";
  };

  const tint = (): void => {
    if (!face || !object.visible) return;
    for (let index = 0; index < keys.length; index += 1) {
      const id = keys[index]?.id ?? "";
      const isPressed = presses.held.some((held) => held.key.id === id);
      const { z, red, green, blue } = paintedState(isPressed, pointers.isHovered(id), face.theme);
      sheet.set(index, z, red, green, blue);
    }
    const hovered = suggestions.findIndex(({ id }) => pointers.isHovered(id));
    if (hovered !== hoveredSuggestion) drawStrip(face, hovered);
  };

  const drawStrip = ({ strip: content, theme }: KeyboardFace, hovered: number): void => {
    hoveredSuggestion = hovered;
    stripCanvas.paint((context) => paintStrip(context, content, { theme, hovered }));
  };

  const draw = (next: KeyboardFace, everything: boolean): void => {
    const before = face;
    face = next;
    const isNew = everything || !before || !isSameView(before.view, next.view) || before.theme !== next.theme;
    if (isNew) {
      const rows = buildKeys(next.view);
      const previousIds = places.map(({ id }) => id).join(" ");
      keys = rows.flat();
      places = placeKeys(rows);
      if (everything || previousIds !== places.map(({ id }) => id).join(" ")) {
        sheet.place(places, M_PER_DEG, KEY_REST_M);
      }
      keysCanvas.paint((context) =>
        paintKeys(context, keys, places, { theme: next.theme, top: TOP_DEG - STRIP_HEIGHT_DEG }),
      );
      plate.material.color.set(next.theme.surface);
    }
    if (isNew || before?.strip !== next.strip) {
      suggestions = placeSuggestions(next.strip.suggestions.length);
      drawStrip(next, hoveredSuggestion);
    }
    if (isNew) tint();
  };

  const core: KeyboardCore = {
    object,
    show(next) {
      const wasHidden = !object.visible;
      object.visible = true;
      object.pointerEvents = "auto";
      current = core;
      draw(next, wasHidden);
    },
    hide() {
      if (!object.visible) return;
      pointers.clear();
      presses.clear();
      accents.close();
      object.visible = false;
      object.pointerEvents = "none";
      keysCanvas.release();
      stripCanvas.release();
      accents.release();
    },
    step(dtMs) {
      presses.step(dtMs);
      return presses.held.length > 0;
    },
    repaint() {
      if (face && object.visible) draw(face, true);
    },
    centre(id, target) {
      if (!object.visible) return null;
      const isIt = (place: KeyPlace) => place.id === id;
      const place = accents.places().find(isIt) ?? places.find(isIt) ?? suggestions.find(isIt);
      if (!place) return null;
      object.updateWorldMatrix(true, false);
      return object.localToWorld(target.set(place.x * M_PER_DEG, place.y * M_PER_DEG, 0));
    },
    dispose() {
      core.hide();
      if (current === core) current = null;
      pointers.stop();
      for (const mesh of [plate, keysMesh, strip]) {
        mesh.geometry.dispose();
        mesh.material.dispose();
      }
      keysCanvas.dispose();
      stripCanvas.dispose();
      accents.dispose();
    },
  };
  return core;
}

function isSameView(a: KeyboardView, b: KeyboardView): boolean {
  return (
    a.language === b.language &&
    a.layer === b.layer &&
    a.shift === b.shift &&
    a.purpose === b.purpose &&
    a.dictation === b.dictation
  );
}

function roundedPlate(): ShapeGeometry {
  const width = (BOARD_WIDTH_DEG / 2 + MARGIN_DEG) * M_PER_DEG;
  const height = (BOARD_HEIGHT_DEG / 2 + MARGIN_DEG) * M_PER_DEG;
  const radius = 0.012;
  const shape = new Shape();
  shape.absarc(width - radius, height - radius, radius, 0, Math.PI / 2);
  shape.absarc(radius - width, height - radius, radius, Math.PI / 2, Math.PI);
  shape.absarc(radius - width, radius - height, radius, Math.PI, 1.5 * Math.PI);
  shape.absarc(width - radius, radius - height, radius, 1.5 * Math.PI, 2 * Math.PI);
  return new ShapeGeometry(shape, 6);
}
