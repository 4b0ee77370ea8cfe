import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { listSpaces, putSpace } from "#lib/client/store/session-db.ts";
import { readSession } from "#lib/core/space/read-session.ts";
import { withSpace } from "#lib/core/space/session.ts";
import { forgetLinks } from "#lib/core/space/trail.ts";

/**
 * The trail of links holds addresses as history does, so it forgets with it: in the
 * space at hand and in every other one kept on this device. Returns how to bring the
 * links of the space at hand back.
 */
export async function forgetTrail(range: { from: number; to: number; url?: string }): Promise<() => void> {
  const { trail } = getSession().space;
  updateSession((session) => forgetLinks(session, range));
  const hereId = getSession().space.id;
  for (const stored of await listSpaces()) {
    const session = stored.id === hereId ? null : readSession(stored.session);
    const changed = session && forgetLinks(session, range);
    // A space that another window saves meanwhile keeps that window's version.
    if (changed && changed !== session) await putSpace(stored.id, changed, stored.version);
  }
  return () => updateSession((session) => withSpace(session, { trail }));
}
