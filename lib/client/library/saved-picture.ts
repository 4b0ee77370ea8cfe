import { openLibrary } from "#lib/client/library/library-db.ts";

/** A picture of a saved page by its path on our origin, or null. Used by the service worker too, so it needs little. */
export async function getSavedPicture(src: string): Promise<Blob | null> {
  const db = await openLibrary();
  return (await db.get("savedMedia", src))?.blob ?? null;
}
