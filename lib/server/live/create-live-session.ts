import "server-only";
import { randomUUID } from "node:crypto";
import { decideUrl } from "#lib/core/egress/decide-url.ts";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { getEnv } from "#lib/node/env.ts";
import { signTicket } from "#lib/node/live/ticket.ts";
import type { CreateLiveSessionBody, LiveSession } from "#lib/protocol/live.ts";
import { socketUrlFor } from "#lib/server/live/socket-url.ts";

const TICKET_LIFE_S = 60;

/**
 * Checks what is asked for and mints the ticket that opens one tab.
 * @throws AppError `live_unavailable` when no node runs; what the address policy refuses.
 */
export async function createLiveSession(
  body: CreateLiveSessionBody,
  { account, host }: { account: string; host: string },
): Promise<LiveSession> {
  const env = getEnv();
  if (!env.QUI_LIVE_URL) throw new AppError("live_unavailable");
  const policy = createEgressPolicy({ ports: env.QUI_EGRESS_PORTS, allow: env.QUI_EGRESS_ALLOW });
  const decision = decideUrl(body.url, policy);
  if (!decision.ok) throw new AppError(decision.code, { detail: decision.reason });
  const { viewport, device, level, profile } = body;
  const ticket = signTicket({
    v: 1,
    id: randomUUID(),
    node: env.QUI_LIVE_NODE_ID,
    account,
    context: body.private ? `private ${randomUUID()}` : "default",
    url: decision.url,
    viewport,
    device,
    level,
    profile,
    rights: {
      tabsMax: 8,
      minutesMax: 240,
      megapixelsMax: 8.3,
      uploadBytesMax: 50_000_000,
      downloadBytesMax: 200_000_000,
    },
    expiresAt: Math.floor(Date.now() / 1000) + TICKET_LIFE_S,
  });
  return { status: "ready", ticket, socketUrl: socketUrlFor(host), expiresInS: TICKET_LIFE_S };
}
