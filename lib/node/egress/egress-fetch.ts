import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { createEgress, type Egress } from "#lib/node/egress/create-egress.ts";
import type { EgressRequest, EgressResult } from "#lib/node/egress/egress.ts";
import { getEnv } from "#lib/node/env.ts";
import { egressDuration } from "#lib/node/metrics/egress-metrics.ts";

const SLOT = Symbol.for("qui.egress");
const holder = globalThis as { [SLOT]?: Egress };

/**
 * Fetches a page or a file of the open web: the only way the server does.
 * Addresses are resolved once and checked, and the connection goes to what was
 * checked; redirects are followed by hand, each checked anew. Refusals and
 * failures are answers, never exceptions.
 *
 * @throws The reason of `request.signal` when the caller aborts, and nothing else.
 */
export async function egressFetch(request: EgressRequest): Promise<EgressResult> {
  const stop = egressDuration.startTimer();
  const result = await getEgress().fetch(request);
  stop({ outcome: result.ok ? "ok" : result.code });
  return result;
}

/**
 * The process's egress with the environment's policy (`QUI_EGRESS_PORTS`,
 * `QUI_EGRESS_ALLOW`): one for all copies of this module that a bundler makes,
 * so that they share lookups and connections.
 */
export function getEgress(): Egress {
  holder[SLOT] ??= createEgress({
    policy: createEgressPolicy({ ports: getEnv().QUI_EGRESS_PORTS, allow: getEnv().QUI_EGRESS_ALLOW }),
  });
  return holder[SLOT];
}
