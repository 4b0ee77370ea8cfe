import { getHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { getLiveStatus } from "#lib/server/live/get-live-status.ts";
import { findGuest } from "#lib/server/live/identify-guest.ts";

export const dynamic = "force-dynamic";

/** `GET /api/live/status`: whether live pages can be had, why not, and the caller's limits. */
export const GET = withRoute(
  { name: "live-status.get", auth: "public", limit: "api" },
  async ({ request }) => {
    const plan = getHttpServices().env.QUI_LIVE_GUEST_PLAN;
    return Response.json(await getLiveStatus({ account: findGuest(request), plan }));
  },
);
