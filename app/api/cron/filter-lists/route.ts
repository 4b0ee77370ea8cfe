import { withRoute } from "#lib/server/http/with-route.ts";
import { bringUpToDate } from "#lib/server/trackers/get-filter-lists.ts";
import { refreshFilterLists } from "#lib/server/trackers/refresh-filter-lists.ts";

export const dynamic = "force-dynamic";
export const maxDuration = 300;

/** `GET /api/cron/filter-lists`: fetches the lists that are due. Called by the platform's scheduler. */
export const GET = withRoute(
  { name: "filter-lists.refresh", auth: { kind: "bearer", token: "CRON_SECRET" }, limit: "admin" },
  async () => {
    const report = await refreshFilterLists();
    await bringUpToDate();
    return Response.json(report);
  },
);
