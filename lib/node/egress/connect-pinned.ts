import { isIP, type Socket } from "node:net";
import { connect as connectTls, type TLSSocket } from "node:tls";
import { AppError } from "#lib/core/errors/app-error.ts";
import { dial, type OpenSocket } from "#lib/node/egress/dial.ts";
import type { CheckedAddress } from "#lib/node/egress/resolve-checked.ts";

export interface PinnedTarget {
  protocol: "http:" | "https:";
  /** Named in SNI and matched against the certificate. */
  host: string;
  port: number;
  addresses: readonly CheckedAddress[];
  connectTimeoutMs: number;
}

/**
 * Opens a connection, with TLS for https, to one of the addresses that were
 * checked: the name is never looked up again. The connect timeout spans both.
 * @param session A TLS session to resume, or undefined.
 */
export async function connectPinned(
  target: PinnedTarget,
  {
    openSocket,
    ca,
    session,
  }: { openSocket: OpenSocket; ca?: string | undefined; session?: Buffer | undefined },
): Promise<Socket | TLSSocket> {
  const startedAtMs = performance.now();
  const { addresses, port, connectTimeoutMs } = target;
  const socket = await dial({ addresses, port, timeoutMs: connectTimeoutMs }, openSocket);
  if (target.protocol === "http:") return socket;
  const timeoutMs = Math.max(1, connectTimeoutMs - (performance.now() - startedAtMs));
  return secure(socket, target.host, { ca, session, timeoutMs });
}

function secure(
  socket: Socket,
  host: string,
  { ca, session, timeoutMs }: { ca?: string | undefined; session?: Buffer | undefined; timeoutMs: number },
): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    const secured = connectTls({
      socket,
      host,
      // RFC 6066 §3: an address is no server name.
      ...(isIP(host) === 0 ? { servername: host } : {}),
      ...(ca === undefined ? {} : { ca }),
      ...(session === undefined ? {} : { session }),
      ALPNProtocols: ["http/1.1"],
      minVersion: "TLSv1.2",
    });
    const deadline = setTimeout(() => {
      secured.destroy(new AppError("timed_out", { detail: "connect: TLS took too long" }));
    }, timeoutMs);
    // Stays on after the handshake, until whoever takes the socket listens too.
    secured.on("error", (error) => {
      clearTimeout(deadline);
      socket.destroy();
      reject(error);
    });
    secured.once("secureConnect", () => {
      clearTimeout(deadline);
      resolve(secured);
    });
  });
}
