import { Agent } from "undici";
import { decideHost } from "#lib/core/egress/decide-host.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { connectPinned } from "#lib/node/egress/connect-pinned.ts";
import type { EgressOptions } from "#lib/node/egress/create-egress.ts";
import { openTcpSocket } from "#lib/node/egress/dial.ts";
import { DEFAULT_EGRESS_LIMITS } from "#lib/node/egress/egress-limits.ts";
import { resolveChecked } from "#lib/node/egress/resolve-checked.ts";
import { createResolveName } from "#lib/node/egress/resolve-name.ts";

/**
 * The guard for libraries that bring their own undici or `fetch` calls: each new
 * connection is decided, resolved once, checked and pinned, so redirects that
 * such a caller follows are checked too. Sizes, times and headers stay the
 * caller's; `egressFetch` is the choice wherever it can be.
 */
export function createEgressDispatcher(options: EgressOptions): Agent {
  const { policy, resolveName = createResolveName(), openSocket = openTcpSocket, ca } = options;
  const { connectTimeoutMs, headerBytesMax, totalTimeoutMs, idleTimeoutMs } = DEFAULT_EGRESS_LIMITS;

  async function connectChecked({
    hostname,
    protocol,
    port,
  }: {
    hostname: string;
    protocol: string;
    port: string;
  }) {
    if (protocol !== "http:" && protocol !== "https:") {
      throw new AppError("unsupported_scheme", { detail: `scheme ${protocol}` });
    }
    const decision = decideHost(
      { hostname, port: Number(port) || (protocol === "https:" ? 443 : 80) },
      policy,
    );
    if (!decision.ok) throw new AppError(decision.code, { detail: decision.reason });
    const addresses = await resolveChecked(decision, { policy, resolveName });
    return connectPinned({ ...decision, protocol, addresses, connectTimeoutMs }, { openSocket, ca });
  }

  return new Agent({
    allowH2: false,
    pipelining: 1,
    connections: 8,
    maxHeaderSize: headerBytesMax,
    headersTimeout: totalTimeoutMs,
    bodyTimeout: idleTimeoutMs,
    connect: (target, callback) => {
      connectChecked(target).then(
        (socket) => callback(null, socket),
        (error) => callback(error, null),
      );
    },
  });
}
