import type { Duplex } from "node:stream";

const TLS_HANDSHAKE = 0x16;
const CLIENT_HELLO = 1;
const ALPN = 16;
/** Of one TLS record (RFC 8446 §5.1), with its header. */
const RECORD_BYTES_MAX = 5 + 2 ** 14;

/**
 * What a browser sends first through its tunnel: a whole TLS record, or the beginning
 * of anything else. It can still be piped on afterwards. Null when it says nothing in time.
 */
export async function readTunnelStart(
  browser: Duplex,
  { head, timeoutMs }: { head: Buffer; timeoutMs: number },
): Promise<Buffer | null> {
  let start = head;
  if (isWhole(start)) return start;
  const { promise, resolve } = Promise.withResolvers<Buffer | null>();
  const timer = setTimeout(() => resolve(null), timeoutMs);
  const onData = (chunk: Buffer) => {
    start = Buffer.concat([start, chunk]);
    if (isWhole(start)) resolve(start);
  };
  const onEnd = () => resolve(null);
  browser.on("data", onData).on("end", onEnd).on("close", onEnd).on("error", onEnd);
  const read = await promise;
  clearTimeout(timer);
  browser.pause();
  browser.off("data", onData).off("end", onEnd).off("close", onEnd).off("error", onEnd);
  return read;
}

function isWhole(start: Buffer): boolean {
  if (start.length === 0) return false;
  if (start[0] !== TLS_HANDSHAKE || start.length >= RECORD_BYTES_MAX) return true;
  return start.length >= 5 && start.length >= 5 + start.readUInt16BE(3);
}

/**
 * Whether a tunnel is for a WebSocket. Without TLS it can be for nothing else, since browsers
 * ask for http in absolute form. With it, the client hello tells: for a WebSocket of its own
 * connection Chromium offers HTTP/1.1 alone (RFC 6455 has no other), for a page HTTP/2 as well.
 */
export function isWebSocketStart(start: Buffer): boolean {
  if (start[0] !== TLS_HANDSHAKE) return true;
  try {
    const protocols = readProtocols(start);
    return protocols !== null && !protocols.includes("h2");
  } catch {
    // Cut short, or no hello that a browser would send.
    return false;
  }
}

/**
 * What ends a WebSocket's tunnel for good: a fatal alert `unrecognized_name` (RFC 8446 §6.2), or an
 * answer that is no upgrade. Chromium tries once more after a connection that just ends, or after any other alert.
 */
export function webSocketRefusal(start: Buffer): Buffer {
  return start[0] === TLS_HANDSHAKE
    ? Buffer.from([0x15, 3, 3, 0, 2, 2, 112])
    : Buffer.from("HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n");
}

/** The protocols that a client hello offers (RFC 7301 §3.1), or null for none. */
function readProtocols(record: Buffer): string[] | null {
  if (record[5] !== CLIENT_HELLO) return null;
  // Record, handshake, version and random; then session, ciphers and compression, each after its length.
  let at = 5 + 4 + 2 + 32;
  at += 1 + record.readUInt8(at);
  at += 2 + record.readUInt16BE(at);
  at += 1 + record.readUInt8(at);
  const end = at + 2 + record.readUInt16BE(at);
  at += 2;
  while (at < end) {
    const type = record.readUInt16BE(at);
    const next = at + 4 + record.readUInt16BE(at + 2);
    if (type === ALPN) return readNames(record.subarray(at + 6, next));
    at = next;
  }
  return null;
}

function readNames(list: Buffer): string[] {
  const names: string[] = [];
  for (let at = 0; at < list.length; at += 1 + list.readUInt8(at)) {
    names.push(list.subarray(at + 1, at + 1 + list.readUInt8(at)).toString("latin1"));
  }
  return names;
}
