import type { Socket } from "node:net";
import { decideHost } from "#lib/core/egress/decide-host.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { EgressOptions } from "#lib/node/egress/create-egress.ts";
import { dial } from "#lib/node/egress/dial.ts";
import { resolveChecked } from "#lib/node/egress/resolve-checked.ts";

/** Where a browser wants to go, as its request line spells it. */
export interface ProxyTarget {
  /** As the WHATWG URL parser gives it. */
  hostname: string;
  port: number;
}

/** `host:port` of a CONNECT request, or null for anything else (RFC 9110 §9.3.6). */
export function parseAuthority(text: string): ProxyTarget | null {
  const match = /^(?<host>\[[0-9a-f:.]+\]|[^\s:/@?#[\]]+):(?<port>\d{1,5})$/i.exec(text);
  const port = Number(match?.groups?.port);
  const url = match && port > 0 && port <= 65_535 ? URL.parse(`http://${match.groups?.host}/`) : null;
  return url ? { hostname: url.hostname, port } : null;
}

/** The address of a request in absolute form. Browsers ask for https by CONNECT, so only http comes this way. */
export function parseAbsoluteForm(text: string): URL | null {
  const url = /^http:\/\//i.test(text) ? URL.parse(text) : null;
  return url && url.username === "" && url.password === "" ? url : null;
}

/**
 * Decides, looks up once, checks every answer and connects to what was checked.
 * @throws AppError saying what was refused, or why there is no connection.
 */
export async function connectChecked(
  target: ProxyTarget,
  { policy, resolveName, openSocket, timeoutMs }: Required<Omit<EgressOptions, "ca">> & { timeoutMs: number },
): Promise<Socket> {
  const decision = decideHost(target, policy);
  if (!decision.ok) throw new AppError(decision.code, { detail: decision.reason });
  const addresses = await resolveChecked(decision, { policy, resolveName });
  return dial({ addresses, port: decision.port, timeoutMs }, openSocket);
}
