export interface ForwardProxyLimits {
  connectTimeoutMs: number;
  /** Longest silence, both ways, of a tunnel or a request. */
  idleTimeoutMs: number;
  /** Of a request, and of an answer in the clear. */
  headerBytesMax: number;
  /** Connections out that one client holds at once, tunnels and plain requests. */
  connectionsPerClientMax: number;
}

/**
 * Made for browsers: Chromium opens 32 connections to a proxy for each of its
 * contexts and as many again for WebSockets, waits five minutes for an answer,
 * and allows 256 KiB of headers. A WebSocket that is quiet for ten minutes has
 * been given up by most sites.
 */
export const DEFAULT_FORWARD_PROXY_LIMITS: Readonly<ForwardProxyLimits> = {
  connectTimeoutMs: 10_000,
  idleTimeoutMs: 600_000,
  headerBytesMax: 256 * 1024,
  connectionsPerClientMax: 1024,
};
