import { getRegistry } from "#lib/node/metrics/registry.ts";
import { withRoute } from "#lib/server/http/with-route.ts";

/** Prometheus text. Bearer `METRICS_TOKEN`; this machine only while that is unset. */
export const GET = withRoute(
  {
    name: "metrics.read",
    auth: { kind: "loopback-or-bearer", token: "METRICS_TOKEN" },
    limit: "admin",
    admitsBlocked: true,
    worksWithoutSetup: true,
  },
  async () => {
    const registry = getRegistry();
    return new Response(await registry.metrics(), { headers: { "Content-Type": registry.contentType } });
  },
);
