import "fake-indexeddb/auto";
import { expect, it } from "vitest";
import { forgetTrail } from "#lib/client/library/forget-trail.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { getSpace, putSpace } from "#lib/client/store/session-db.ts";
import { readSession } from "#lib/core/space/read-session.ts";
import { createPagePanel, createSession, type Session, withSpace } from "#lib/core/space/session.ts";
import { addTrailLink } from "#lib/core/space/trail.ts";

function withTrail(session: Session): Session {
  const open = withSpace(session, {
    panels: [createPagePanel({ id: "a", url: "https://a.example/" }), createPagePanel({ id: "b" })],
  });
  const end = (name: string, panelId: string) => ({ url: `https://${name}.example/`, title: name, panelId });
  return ["2026-01-01T00:00:00.000Z", "2026-03-01T00:00:00.000Z"].reduce(
    (now, at, n) => addTrailLink(now, { id: `t${n}`, from: end("a", "a"), to: end(`to${n}`, "b"), at }),
    open,
  );
}

it("the trail forgets with the history, in every space on the device, and comes back with it", async () => {
  await putSpace("elsewhere", withTrail(createSession("elsewhere")), 0);
  updateSession(withTrail);
  const trail = () => getSession().space.trail.map(({ id }) => id);
  const from = Date.parse("2026-02-01");
  const restore = await forgetTrail({ from, to: Number.POSITIVE_INFINITY });
  expect(trail()).toEqual(["t0"]);
  const stored = readSession((await getSpace("elsewhere"))?.session);
  expect(stored?.space.trail.map(({ id }) => id)).toEqual(["t0"]);
  restore();
  expect(trail()).toEqual(["t0", "t1"]);
  await forgetTrail({ from: 0, to: Number.POSITIVE_INFINITY, url: "https://to0.example/" });
  expect(trail()).toEqual(["t1"]);
});
