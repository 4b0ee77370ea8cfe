import { withRoute } from "#lib/server/http/with-route.ts";

/** The process answers: what an orchestrator restarts on. Looks at nothing else. */
export const GET = withRoute(
  { name: "health.live", auth: "public", limit: "health", admitsBlocked: true, worksWithoutSetup: true },
  () => Response.json({ status: "ok" }),
);
