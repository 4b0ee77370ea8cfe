import "server-only";
import { randomUUID } from "node:crypto";
import { decideUrl } from "#lib/core/egress/decide-url.ts";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { placeSession } from "#lib/core/live/place-session.ts";
import { PLAN_LIMITS } from "#lib/core/live/plan-limits.ts";
import { retryAfterMs } from "#lib/core/live/waiting-queue.ts";
import { findPlace, type PlaceOutcome, type PlaceRequest } from "#lib/node/live/find-place.ts";
import { signTicket } from "#lib/node/live/ticket.ts";
import { getLog } from "#lib/node/log/log.ts";
import { liveSessions } from "#lib/node/metrics/live-session-metrics.ts";
import { type CreateLiveSessionBody, type LiveSession, PRIVATE_CONTEXT } from "#lib/protocol/live-session.ts";
import type { LivePlan } from "#lib/protocol/live-status.ts";
import { getHttpServices } from "#lib/server/http/services.ts";
import { isLiveConfigured, listLiveNodes, liveStore } from "#lib/server/live/live-nodes.ts";
import { socketUrlFor } from "#lib/server/live/socket-url.ts";

const TICKET_LIFE_S = 60;

/**
 * Checks what is asked for and mints the ticket that opens one tab, or answers the
 * place in the queue. A waiting caller asks again, within its time, to keep it.
 * @throws AppError `live_unavailable` where there are no nodes, `live_unreachable`
 * while none answers, `live_limit` when the day's minutes are used up, `live_full`
 * when nobody more may wait; what the address policy refuses.
 */
export async function createLiveSession(
  body: CreateLiveSessionBody,
  { account, host, plan }: { account: string; host: string; plan: LivePlan },
): Promise<LiveSession> {
  const url = checkUrl(body.url);
  const nodes = await listLiveNodes();
  if (nodes.length === 0) throw new AppError(isLiveConfigured() ? "live_unreachable" : "live_unavailable");
  const { minutesPerDay, ...limits } = PLAN_LIMITS[plan];
  const outcome = await findPlaceAnyway({ account, nodes, minutesPerDay, nowMs: Date.now() });
  liveSessions.inc({ outcome: outcome.kind });
  switch (outcome.kind) {
    case "spent":
      throw new AppError("live_limit");
    case "full":
      throw new AppError("live_full");
    case "waiting":
      return { status: "waiting", place: outcome.place, retryAfterMs: retryAfterMs(outcome.place) };
    case "placed":
  }
  const { viewport, device, level, zone } = body;
  const profile = body.profile && !body.private;
  const ticket = signTicket({
    v: 1,
    id: randomUUID(),
    node: outcome.node.id,
    account,
    context: body.private ? `${PRIVATE_CONTEXT}${randomUUID()}` : profile ? "profile" : "default",
    url,
    viewport,
    device,
    level,
    profile,
    zone,
    rights: { ...limits, minutesMax: minutesPerDay },
    expiresAt: Math.floor(Date.now() / 1000) + TICKET_LIFE_S,
  });
  const socketUrl = socketUrlFor(host, outcome.node);
  return { status: "ready", ticket, socketUrl, expiresInS: TICKET_LIFE_S };
}

function checkUrl(text: string): string {
  const { env } = getHttpServices();
  const policy = createEgressPolicy({ ports: env.QUI_EGRESS_PORTS, allow: env.QUI_EGRESS_ALLOW });
  const decision = decideUrl(text, policy);
  if (!decision.ok) throw new AppError(decision.code, { detail: decision.reason });
  return decision.url;
}

/** Without the store nobody is turned away: the node, which knows its own places, decides. */
async function findPlaceAnyway(request: PlaceRequest): Promise<PlaceOutcome> {
  try {
    return await findPlace(await liveStore(), request);
  } catch (error) {
    getLog().warn({ err: error }, "live pages: the store does not answer, placing by what is known");
    const loads = request.nodes.map((node) => ({ ...node, node, draining: node.status === "draining" }));
    const placed = placeSession(loads, null);
    return placed ? { kind: "placed", node: placed.node } : { kind: "waiting", place: 1 };
  }
}
