import type { IncomingMessage } from "node:http";
import { parseBearer } from "#lib/core/http/bearer.ts";
import { getEnv } from "#lib/node/env.ts";
import { verifyAccountTicket } from "#lib/node/live/ticket.ts";
import type { LiveAccountTicket } from "#lib/protocol/live-node.ts";
import type { LiveRoute } from "#services/live/http/live-route.ts";
import type { ProfileService } from "#services/live/profiles/profile-service.ts";

const PURPOSES = { GET: "profile-export", DELETE: "profile-erase" } as const;

/**
 * `GET` and `DELETE /profile`: hands out, or erases, what is kept of the account that
 * the ticket names. For the app alone, which signs one for each call; each works once.
 * Answers 204 to an erasure on a node that keeps nothing, 404 to an export there.
 */
export function profileRoute(getService: () => ProfileService | null): LiveRoute {
  /** Tickets taken, until they would have run out. */
  const taken = new Map<string, number>();

  function admit(request: IncomingMessage): LiveAccountTicket | null {
    const nowMs = Date.now();
    for (const [id, expiresAt] of taken) if (expiresAt * 1000 <= nowMs) taken.delete(id);
    const ticket = verifyAccountTicket(parseBearer(request.headers.authorization) ?? "", nowMs);
    const purpose = PURPOSES[request.method as keyof typeof PURPOSES];
    if (
      !ticket ||
      ticket.node !== getEnv().QUI_LIVE_NODE_ID ||
      ticket.purpose !== purpose ||
      taken.has(ticket.id)
    )
      return null;
    taken.set(ticket.id, ticket.expiresAt);
    return ticket;
  }

  return {
    matches: (pathname) => pathname === "/profile",
    async answer(request, response) {
      const ticket = admit(request);
      const headers = { "cache-control": "no-store" };
      if (!ticket) {
        response.writeHead(401, headers).end();
        return;
      }
      if (ticket.purpose === "profile-erase") {
        await getService()?.erase(ticket.account);
        response.writeHead(204, headers).end();
        return;
      }
      const profile = await getService()?.export(ticket.account);
      if (!profile) {
        response.writeHead(404, headers).end();
        return;
      }
      response.writeHead(200, { ...headers, "content-type": "application/json" });
      response.end(JSON.stringify(profile));
    },
  };
}
