import "server-only";
import { randomUUID } from "node:crypto";
import { AppError } from "#lib/core/errors/app-error.ts";
import { forgetHome } from "#lib/node/live/find-place.ts";
import { signTicket } from "#lib/node/live/ticket.ts";
import { getLog } from "#lib/node/log/log.ts";
import type { LiveAccountTicket, LiveNodeEntry } from "#lib/protocol/live-node.ts";
import { isLiveConfigured, listLiveNodes, liveStore, withSlash } from "#lib/server/live/live-nodes.ts";

const TICKET_LIFE_S = 15;
const ANSWER_MS = 10_000;

/**
 * What is kept of the account's live pages, as JSON: cookies and storage of sites.
 * @throws AppError `not_found` when nothing is kept, `live_unreachable` when a node
 * that may keep it does not answer.
 */
export async function exportProfile(account: string): Promise<ReadableStream<Uint8Array>> {
  const answers = await askNodes(account, "profile-export");
  for (const answer of answers) if (answer.status === 200 && answer.body) return answer.body;
  throw new AppError("not_found", { userMessage: "No profile of live pages is kept for you." });
}

/**
 * Erases it on every node, and where the account's tabs were. Idempotent.
 * @throws AppError `live_unreachable` when a node did not answer; then it may still be there.
 */
export async function eraseProfile(account: string): Promise<void> {
  await askNodes(account, "profile-erase");
  await forgetHome(await liveStore(), account).catch((error: unknown) => {
    getLog().warn({ err: error }, "where an account's live tabs were could not be forgotten");
  });
}

async function askNodes(account: string, purpose: LiveAccountTicket["purpose"]): Promise<Response[]> {
  const nodes = await listLiveNodes();
  if (nodes.length === 0 && isLiveConfigured()) throw new AppError("live_unreachable");
  return Promise.all(nodes.map((node) => askNode(node, account, purpose)));
}

async function askNode(
  node: LiveNodeEntry,
  account: string,
  purpose: LiveAccountTicket["purpose"],
): Promise<Response> {
  const expiresAt = Math.floor(Date.now() / 1000) + TICKET_LIFE_S;
  const ticket = signTicket({ v: 1, purpose, id: randomUUID(), node: node.id, account, expiresAt });
  try {
    const response = await fetch(new URL("profile", withSlash(node.url)), {
      method: purpose === "profile-export" ? "GET" : "DELETE",
      headers: { authorization: `Bearer ${ticket}` },
      signal: AbortSignal.timeout(ANSWER_MS),
      redirect: "error",
    });
    if (response.ok || response.status === 404) return response;
    throw new Error(`the node ${node.id} answered ${response.status}`);
  } catch (cause) {
    throw new AppError("live_unreachable", { cause, detail: `profile of an account at ${node.id}` });
  }
}
