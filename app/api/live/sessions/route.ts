import { createLiveSessionBodySchema } from "#lib/protocol/live-session.ts";
import { getHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { createLiveSession } from "#lib/server/live/create-live-session.ts";
import { identifyGuest } from "#lib/server/live/identify-guest.ts";
import { requestHost } from "#lib/server/live/request-host.ts";

export const dynamic = "force-dynamic";

/** `POST /api/live/sessions`: a ticket that opens one live tab, once, or a place in the queue. */
export const POST = withRoute(
  { name: "live-sessions.create", auth: "public", limit: "live", body: createLiveSessionBodySchema },
  async ({ body, request, charge }) => {
    const guest = identifyGuest(request);
    if (guest.isNew) await charge("live-guests");
    const session = await createLiveSession(body, {
      account: guest.account,
      host: requestHost(request.headers),
      plan: getHttpServices().env.QUI_LIVE_GUEST_PLAN,
    });
    const response = Response.json(session);
    const profile = body.profile && !body.private;
    for (const cookie of guest.cookies({ profile })) response.headers.append("set-cookie", cookie);
    return response;
  },
);
