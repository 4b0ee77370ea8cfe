import { type DBSchema, openDB } from "idb";
import { createStore } from "zustand/vanilla";
import { PHOTO_BYTES_MAX, type PhotoLayout, photoLayout, photoSize } from "#lib/core/environment/photo.ts";

interface StoredPhoto {
  blob: Blob;
  layout: PhotoLayout;
}

interface PhotoDb extends DBSchema {
  photos: { key: string; value: StoredPhoto };
}

/** One picture a device; a larger choice would be a library of its own. */
const KEY = "own";

/** Grows with each picture kept or forgotten in this window. The picture itself stays on disk until it is drawn. */
export const environmentPhotoStore = createStore<{ version: number }>(() => ({ version: 0 }));

export type KeepPhotoOutcome = "kept" | "too-large" | "not-a-picture" | "wrong-shape" | "no-storage";

const open = () =>
  openDB<PhotoDb>("qui-environment", 1, { upgrade: (db) => void db.createObjectStore("photos") });

/**
 * Keeps a picture of a whole surrounding on this device, made smaller where it is
 * larger than a headset can show. The file itself never leaves the device.
 */
export async function keepPhoto(file: Blob): Promise<KeepPhotoOutcome> {
  if (file.size > PHOTO_BYTES_MAX) return "too-large";
  const picture = await createImageBitmap(file).catch(() => null);
  if (!picture) return "not-a-picture";
  const layout = photoLayout(picture.width, picture.height);
  if (!layout) {
    picture.close();
    return "wrong-shape";
  }
  const size = photoSize(picture.width, picture.height, layout);
  const canvas = new OffscreenCanvas(size.width, size.height);
  canvas.getContext("2d")?.drawImage(picture, 0, 0, size.width, size.height);
  picture.close();
  const blob = await canvas.convertToBlob({ type: "image/jpeg", quality: 0.9 });
  try {
    const db = await open();
    await db.put("photos", { blob, layout }, KEY);
    db.close();
  } catch {
    // Storage is full or switched off.
    return "no-storage";
  }
  environmentPhotoStore.setState(({ version }) => ({ version: version + 1 }));
  return "kept";
}

/** The picture kept, ready to draw; null when there is none or it cannot be read any more. Who asks closes it. */
export async function loadPhoto(): Promise<{ picture: ImageBitmap; layout: PhotoLayout } | null> {
  try {
    const db = await open();
    const stored = await db.get("photos", KEY);
    db.close();
    return stored ? { picture: await createImageBitmap(stored.blob), layout: stored.layout } : null;
  } catch {
    // Storage is switched off, or the picture is damaged: as good as none.
    return null;
  }
}

export async function hasPhoto(): Promise<boolean> {
  try {
    const db = await open();
    const count = await db.count("photos");
    db.close();
    return count > 0;
  } catch {
    return false; // Storage is switched off.
  }
}
