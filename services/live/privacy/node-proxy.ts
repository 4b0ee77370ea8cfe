import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { createForwardProxy, type ForwardProxy } from "#lib/node/egress/forward-proxy.ts";
import { getEnv } from "#lib/node/env.ts";

let proxy: Promise<ForwardProxy> | undefined;

/** The node's one way out for its browsers, with the environment's policy (`QUI_EGRESS_PORTS`, `QUI_EGRESS_ALLOW`). */
export function getForwardProxy(): Promise<ForwardProxy> {
  if (!proxy) {
    const { QUI_EGRESS_PORTS, QUI_EGRESS_ALLOW } = getEnv();
    proxy = createForwardProxy({
      policy: createEgressPolicy({ ports: QUI_EGRESS_PORTS, allow: QUI_EGRESS_ALLOW }),
    });
    proxy.catch(() => {
      proxy = undefined;
    });
  }
  return proxy;
}
