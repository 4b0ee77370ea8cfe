import { createLiveSessionBodySchema } from "#lib/protocol/live.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { createLiveSession } from "#lib/server/live/create-live-session.ts";
import { identifyGuest } from "#lib/server/live/identify-guest.ts";

export const dynamic = "force-dynamic";

/** `POST /api/live/sessions`: a ticket that opens one live tab, once. */
export const POST = withRoute(
  { name: "live-sessions.create", auth: "public", limit: "api", body: createLiveSessionBodySchema },
  async ({ body, request }) => {
    const guest = identifyGuest(request.headers.get("cookie"));
    const session = await createLiveSession(body, {
      account: guest.account,
      host: request.headers.get("x-forwarded-host") ?? request.headers.get("host") ?? "localhost",
    });
    return Response.json(session, guest.setCookie ? { headers: { "set-cookie": guest.setCookie } } : {});
  },
);
