import { AppError } from "#lib/core/errors/app-error.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { eraseProfile, exportProfile } from "#lib/server/live/account-profile.ts";
import { findGuest, forgetGuest } from "#lib/server/live/identify-guest.ts";

export const dynamic = "force-dynamic";

/** `GET /api/live/profile`: what live pages keep of the caller, as a file. */
export const GET = withRoute(
  { name: "live-profile.export", auth: "public", limit: "live" },
  async ({ request }) => {
    const account = findGuest(request);
    if (account === null) throw new AppError("not_found");
    return new Response(await exportProfile(account), {
      headers: {
        "content-type": "application/json",
        "content-disposition": 'attachment; filename="qui-live-profile.json"',
      },
    });
  },
);

/** `DELETE /api/live/profile`: erases it, and who the caller was to the live nodes. */
export const DELETE = withRoute(
  { name: "live-profile.erase", auth: "public", limit: "live" },
  async ({ request }) => {
    const account = findGuest(request);
    if (account !== null) await eraseProfile(account);
    const response = new Response(null, { status: 204 });
    for (const cookie of forgetGuest(request)) response.headers.append("set-cookie", cookie);
    return response;
  },
);
