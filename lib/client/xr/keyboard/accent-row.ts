import { Mesh, MeshBasicMaterial, PlaneGeometry } from "three";
import type { KeyPress } from "#lib/client/xr/keyboard/key-presses.ts";
import { paintAccents } from "#lib/client/xr/keyboard/paint-keys.ts";
import { createPaintedCanvas } from "#lib/client/xr/keyboard/painted-canvas.ts";
import { KEY_PITCH_DEG, type KeyPlace, placeAccents } from "#lib/core/keyboard/key-geometry.ts";
import type { ChromeTheme } from "#lib/core/room-ui/chrome-theme.ts";

/** The longest row any layout offers. */
const ACCENTS_MAX = 9;
/** In front of the keys it covers. */
const RAISED_M = 0.008;

/** The row of accents above a held key. It stays after the key is let go, so that one can also be pressed. */
export interface AccentRow {
  readonly mesh: Mesh;
  open(press: KeyPress, place: KeyPlace, theme: ChromeTheme): void;
  close(): void;
  isOpen(): boolean;
  places(): readonly KeyPlace[];
  indexOf(place: KeyPlace | null): number;
  text(index: number): string | undefined;
  /** Marks the one a held press is over. */
  choose(place: KeyPlace | null): void;
  chosen(): string | undefined;
  release(): void;
  dispose(): void;
}

export function createAccentRow(metresPerDegree: number): AccentRow {
  const canvas = createPaintedCanvas(ACCENTS_MAX * KEY_PITCH_DEG, KEY_PITCH_DEG);
  const geometry = new PlaneGeometry(1, 1);
  const uv = geometry.getAttribute("uv");
  const material = new MeshBasicMaterial({ map: canvas.texture, toneMapped: false });
  const mesh = new Mesh(geometry, material);
  mesh.visible = false;
  mesh.renderOrder = 1;
  let texts: readonly string[] = [];
  let places: readonly KeyPlace[] = [];
  let theme: ChromeTheme | null = null;
  let chosen = -1;

  const paint = (): void => {
    const colours = theme;
    if (colours)
      canvas.paint((context) =>
        paintAccents(context, texts, { theme: colours, pitch: KEY_PITCH_DEG, chosen }),
      );
  };

  return {
    mesh,
    open({ key }, place, colours) {
      texts = key.accents.slice(0, ACCENTS_MAX);
      places = placeAccents(place, texts.length);
      theme = colours;
      chosen = -1;
      const first = places[0];
      const last = places.at(-1);
      if (!first || !last) return;
      mesh.scale.set(texts.length * KEY_PITCH_DEG * metresPerDegree, KEY_PITCH_DEG * metresPerDegree, 1);
      mesh.position.set(((first.x + last.x) / 2) * metresPerDegree, first.y * metresPerDegree, RAISED_M);
      // The picture is as wide as the longest row; a shorter one uses its left part.
      const share = texts.length / ACCENTS_MAX;
      for (const corner of [1, 3]) uv.setX(corner, share);
      uv.needsUpdate = true;
      mesh.visible = true;
      paint();
    },
    close() {
      mesh.visible = false;
      texts = places = [];
      chosen = -1;
    },
    isOpen: () => mesh.visible,
    places: () => places,
    indexOf: (place) => (place ? places.indexOf(place) : -1),
    text: (index) => texts[index],
    choose(place) {
      const next = place ? places.indexOf(place) : -1;
      if (next === chosen) return;
      chosen = next;
      paint();
    },
    chosen: () => texts[chosen],
    release: canvas.release,
    dispose() {
      canvas.dispose();
      geometry.dispose();
      material.dispose();
    },
  };
}
