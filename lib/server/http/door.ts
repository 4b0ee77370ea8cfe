import "server-only";
import { randomBytes } from "node:crypto";
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import type { IncomingMessage, ServerResponse } from "node:http";
import { classifyTarget, type ProbeKind } from "#lib/core/abuse/classify-target.ts";
import { isLoopback, isPublicUnicast, resolveClientAddress } from "#lib/core/http/client-address.ts";
import { isLoopbackHost } from "#lib/core/http/loopback-host.ts";
import { resourcePolicy, scriptPolicy } from "#lib/core/security-headers/content-security-policy.ts";
import { answerKindOf, SECURITY_HEADERS } from "#lib/core/security-headers/security-headers.ts";
import { responseDuration } from "#lib/node/metrics/http-metrics.ts";

export const DOOR_HEADER = "x-qui-door";

const SECRET = Symbol.for("qui.doorSecret");
const holder = globalThis as { [SECRET]?: string };

/** What the door saw of a request before the framework touched it. */
export interface DoorStamp {
  address: string | null;
  local: boolean;
  shared: boolean;
  /** What the raw request target looked like, before anyone normalised it. */
  probe: ProbeKind | null;
}

const FORWARDING_HEADERS = ["x-forwarded-for", "forwarded", "x-real-ip", "via"] as const;
/** Claims about the outside that only a trusted proxy may make. */
const PROXY_CLAIMS = [
  "x-forwarded-for",
  "x-forwarded-host",
  "x-forwarded-proto",
  "x-forwarded-port",
] as const;

const STARTED_AT = Symbol("startedAt");

interface Exchange {
  request: IncomingMessage;
  response: ServerResponse & { [STARTED_AT]?: number };
}

const BASE_HEADERS = Object.entries(SECURITY_HEADERS);
const POLICIES = { resource: resourcePolicy(), script: scriptPolicy() };

/**
 * Watches every request of this process's HTTP servers. Route handlers cannot see
 * the socket, and Next takes a client's own `x-forwarded-for` for the truth; Node
 * announces each request on this channel before any listener runs, so what is
 * noted here is there first, and even redirects and errors that the framework
 * makes by itself carry the security headers and are counted. Opening an open door
 * changes nothing. See docs/adr/0012.
 *
 * @returns closes it again.
 */
export function openDoor(options: { trustedProxies: number }): () => void {
  if (holder[SECRET]) return () => {};
  holder[SECRET] = randomBytes(16).toString("base64url");
  const onStart = (message: unknown) => {
    const { request, response } = message as Exchange;
    stampRequest(request, options);
    for (const [name, value] of BASE_HEADERS) response.setHeader(name, value);
    // Documents get theirs, with a nonce, from the proxy.
    const isBuildFile = request.url?.startsWith("/_next/static/");
    response.setHeader("Content-Security-Policy", isBuildFile ? POLICIES.script : POLICIES.resource);
    response[STARTED_AT] = performance.now();
  };
  const onFinish = (message: unknown) => {
    const { request, response } = message as Exchange;
    const startedAt = response[STARTED_AT];
    if (startedAt === undefined) return;
    const labels = { kind: kindOf(request.url ?? "/"), status: response.statusCode };
    responseDuration.observe(labels, (performance.now() - startedAt) / 1000);
  };
  subscribe("http.server.request.start", onStart);
  subscribe("http.server.response.finish", onFinish);
  return () => {
    unsubscribe("http.server.request.start", onStart);
    unsubscribe("http.server.response.finish", onFinish);
    delete holder[SECRET];
  };
}

export function isDoorOpen(): boolean {
  return holder[SECRET] !== undefined;
}

function kindOf(target: string): string {
  if (target.startsWith("/api/")) return "api";
  if (target.startsWith("/_next/")) return "asset";
  const query = target.indexOf("?");
  return answerKindOf(query < 0 ? target : target.slice(0, query));
}

/** Puts the stamp on a request; a random secret in it proves that the door, and not the client, wrote it. */

function stampRequest(request: IncomingMessage, { trustedProxies }: { trustedProxies: number }): void {
  const { headers, socket } = request;
  const forwarded = FORWARDING_HEADERS.some((name) => headers[name] !== undefined);
  const peer = socket.remoteAddress ?? null;
  const forwardedFor = headers["x-forwarded-for"];
  const address = resolveClientAddress({
    peer,
    forwardedFor: Array.isArray(forwardedFor) ? forwardedFor.join(",") : forwardedFor,
    trustedProxies,
  });
  const local = !forwarded && trustedProxies === 0 && address !== null && isLoopback(address);
  const stamp: DoorStamp = {
    address,
    local: local && isLoopbackHost(headers.host),
    // A private peer that passes others' requests on is a proxy nobody declared.
    shared: address === null || (trustedProxies === 0 && forwarded && !isPublicUnicast(address)),
    probe: classifyTarget(request.method ?? "GET", request.url ?? "/"),
  };
  if (trustedProxies === 0) for (const name of PROXY_CLAIMS) delete headers[name];
  headers[DOOR_HEADER] = formatStamp(stamp);
}

function formatStamp(stamp: DoorStamp): string {
  const flags = `${stamp.local ? "l" : ""}${stamp.shared ? "s" : ""}`;
  return `${holder[SECRET]};${stamp.address ?? ""};${flags};${stamp.probe ?? ""}`;
}

/** Null when the header is missing or was not written by this process's door. */
export function readStamp(value: string | null | undefined): DoorStamp | null {
  const secret = holder[SECRET];
  if (!value || !secret || !value.startsWith(`${secret};`)) return null;
  const [, address = "", flags = "", probe = ""] = value.split(";");
  return {
    address: address || null,
    local: flags.includes("l"),
    shared: flags.includes("s"),
    probe: (probe || null) as ProbeKind | null,
  };
}
