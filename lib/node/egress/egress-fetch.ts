import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { createEgress, type Egress } from "#lib/node/egress/create-egress.ts";
import type { EgressRequest, EgressResult } from "#lib/node/egress/egress.ts";
import { getEnv } from "#lib/node/env.ts";

let shared: Egress | undefined;

/**
 * Fetches a page or a file of the open web: the only way the server does.
 * Addresses are resolved once and checked, and the connection goes to what was
 * checked; redirects are followed by hand, each checked anew. Refusals and
 * failures are answers, never exceptions.
 *
 * @throws The reason of `request.signal` when the caller aborts, and nothing else.
 */
export function egressFetch(request: EgressRequest): Promise<EgressResult> {
  return getEgress().fetch(request);
}

/** The process's egress with the environment's policy (`QUI_EGRESS_PORTS`, `QUI_EGRESS_ALLOW`). */
export function getEgress(): Egress {
  shared ??= createEgress({
    policy: createEgressPolicy({ ports: getEnv().QUI_EGRESS_PORTS, allow: getEnv().QUI_EGRESS_ALLOW }),
  });
  return shared;
}
