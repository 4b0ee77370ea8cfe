import { connect, type Socket } from "node:net";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { CheckedAddress } from "#lib/node/egress/resolve-checked.ts";

/** Begins one TCP connection and answers its socket at once. Tests stand local servers in for public addresses here. */
export type OpenSocket = (target: CheckedAddress & { port: number }) => Socket;

/** RFC 8305 §5: the recommended delay before the next address is tried beside the first. */
const ATTEMPT_DELAY_MS = 250;

/** The address is literal here, so Node looks nothing up. */
export const openTcpSocket: OpenSocket = ({ address, family, port }) =>
  connect({ host: address, family, port, noDelay: true, keepAlive: true, keepAliveInitialDelay: 60_000 });

/**
 * Connects to the first of the checked addresses that accepts: attempts start one
 * after another, a quarter of a second apart or as soon as one fails, and the
 * losers are destroyed.
 * @throws AppError `timed_out`, or the last attempt's own error.
 */
export function dial(
  target: { addresses: readonly CheckedAddress[]; port: number; timeoutMs: number },
  openSocket: OpenSocket,
): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const waiting = [...target.addresses];
    const sockets = new Set<Socket>();
    let delay: NodeJS.Timeout | undefined;
    const deadline = setTimeout(() => {
      finish(() =>
        reject(new AppError("timed_out", { detail: `connect: no answer in ${target.timeoutMs} ms` })),
      );
    }, target.timeoutMs);

    function finish(settle: () => void, winner?: Socket): void {
      clearTimeout(deadline);
      clearTimeout(delay);
      waiting.length = 0;
      for (const socket of sockets) {
        if (socket !== winner) socket.destroy();
      }
      sockets.clear();
      settle();
    }

    function attempt(): void {
      clearTimeout(delay);
      const next = waiting.shift();
      if (!next) return;
      const socket = openSocket({ ...next, port: target.port });
      sockets.add(socket);
      socket.once("connect", () => finish(() => resolve(socket), socket));
      // Stays on: a loser, or a winner nobody holds yet, may still fail, and that must not end the process.
      socket.on("error", (error) => {
        if (!sockets.delete(socket)) return;
        if (waiting.length > 0) attempt();
        else if (sockets.size === 0) finish(() => reject(error));
      });
      if (waiting.length > 0) delay = setTimeout(attempt, ATTEMPT_DELAY_MS);
    }
    attempt();
  });
}
