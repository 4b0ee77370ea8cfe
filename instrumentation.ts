import type { Instrumentation } from "next";

/** Next calls this once a process, before it serves its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getEnv } = await import("#lib/node/env.ts");
  const { openDoor } = await import("#lib/server/http/door.ts");
  const { drainConnections, stopRequested } = await import("#lib/node/http/drain-connections.ts");
  const env = getEnv();
  if (!env.VERCEL) {
    drainConnections(stopRequested());
    // On Vercel the socket's peer is the platform itself; its edge says who the client is.
    openDoor({ trustedProxies: env.QUI_TRUSTED_PROXIES });
  }
  // Asking is what loads and fetches the lists in the background; functions do so with their first page.
  if (!env.VERCEL && env.DATABASE_URL) {
    (await import("#lib/server/trackers/get-filter-lists.ts")).getFilterLists();
  }
}

/** What rendering or the framework could not handle. Routes and actions map their own errors before this. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { getLog } = await import("#lib/node/log/log.ts");
  const { headers, method } = request;
  getLog().error(
    { err: error, requestId: headers["x-request-id"], route: context.routePath, method },
    "unhandled",
  );
};
