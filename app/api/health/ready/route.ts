import { checkReadiness } from "#lib/server/health/check-readiness.ts";
import { withRoute } from "#lib/server/http/with-route.ts";

/** Whether to send requests here: 200, or 503 while the database or the store is down. */
export const GET = withRoute(
  { name: "health.ready", auth: "public", limit: "health", admitsBlocked: true, worksWithoutSetup: true },
  async () => {
    const readiness = await checkReadiness();
    return Response.json(readiness, { status: readiness.status === "ready" ? 200 : 503 });
  },
);
