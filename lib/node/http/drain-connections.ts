import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { Server, ServerResponse } from "node:http";

interface Exchange {
  response: ServerResponse;
  server: Server;
}

/**
 * Once `stopping` aborts, every connection ends with the answer under way on it. A server that closes waits for its
 * connections, and one that a client keeps busy would otherwise never end: Node closes only those that are idle at
 * that moment.
 * @returns stops watching.
 */
export function drainConnections(stopping: AbortSignal): () => void {
  // Both channels are told of every server of this process, before any of its own listeners.
  const onStart = (message: unknown) => {
    if (stopping.aborted) (message as Exchange).response.shouldKeepAlive = false;
  };
  const onFinish = (message: unknown) => {
    // An answer that began before the stop promised to keep its connection; idle it is only after this event.
    if (stopping.aborted) setImmediate(() => (message as Exchange).server.closeIdleConnections());
  };
  subscribe("http.server.request.start", onStart);
  subscribe("http.server.response.finish", onFinish);
  return () => {
    unsubscribe("http.server.request.start", onStart);
    unsubscribe("http.server.response.finish", onFinish);
  };
}

/** Aborts when the process is asked to stop. The framework ends the process by itself. */
export function stopRequested(): AbortSignal {
  const controller = new AbortController();
  for (const signal of ["SIGTERM", "SIGINT"] as const) process.once(signal, () => controller.abort());
  return controller.signal;
}
