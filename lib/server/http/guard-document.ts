import "server-only";
import { randomBytes } from "node:crypto";
import { type NextRequest, NextResponse } from "next/server";
import { plainPage } from "#lib/core/http/plain-page.ts";
import { rateLimitHeaders } from "#lib/core/rate-limit/rate-limit-headers.ts";
import { documentPolicy, scriptPolicy } from "#lib/core/security-headers/content-security-policy.ts";
import { answerKindOf } from "#lib/core/security-headers/security-headers.ts";
import type { MissingSetting } from "#lib/core/setup/describe-missing-settings.ts";
import { errorResponseSchema } from "#lib/protocol/errors.ts";
import { Passage } from "#lib/server/http/passage.ts";
import { NotConfiguredError } from "#lib/server/http/refusals.ts";
import { admit } from "#lib/server/http/steps/admit.ts";
import { respondToError } from "#lib/server/http/steps/respond.ts";
import { liveOrigins } from "#lib/server/live/socket-url.ts";

/**
 * The pipeline of everything that is neither an API route nor a build file: pages,
 * their navigations and actions, the manifest, the service worker, and every path
 * that does not exist. Gives documents the nonce their scripts carry.
 */
export async function guardDocument(request: NextRequest): Promise<Response> {
  const path = request.nextUrl.pathname;
  const kind = answerKindOf(path);
  const passage = new Passage(kind, request);
  const { client, requestId, services, limitScale } = passage;
  const nonce = randomBytes(16).toString("base64");
  const development = services.env.NODE_ENV === "development";
  const policy =
    kind === "script"
      ? scriptPolicy()
      : documentPolicy({ nonce, development, connectOrigins: await liveOrigins(hostOf(request)) });

  const headers: Record<string, string> = { "Content-Security-Policy": policy, "x-request-id": requestId };
  try {
    const limit = kind === "document" ? "document" : "media";
    passage.limit = await admit(services, { client, path, limit });
    Object.assign(headers, rateLimitHeaders(passage.limit, limitScale));
  } catch (error) {
    const aborted = request.signal.aborted;
    const refusal = respondToError(error, { requestId, log: passage.log, limitScale, aborted });
    passage.finish(refusal.status, { error });
    const wantsHtml = kind === "document" && request.headers.get("accept")?.includes("text/html");
    const items = error instanceof NotConfiguredError ? error.missing : [];
    return withHeaders(wantsHtml ? await readable(refusal, { nonce, items }) : refusal, headers);
  }

  const forwarded = new Headers(request.headers);
  forwarded.set("x-request-id", requestId);
  // Next takes the nonce for its own scripts from here; a component that needs it finds it in `x-nonce`.
  forwarded.set("content-security-policy", policy);
  forwarded.set("x-nonce", nonce);
  return withHeaders(NextResponse.next({ request: { headers: forwarded } }), headers);
}

function hostOf({ headers, nextUrl }: NextRequest): string {
  return headers.get("x-forwarded-host") ?? headers.get("host") ?? nextUrl.host;
}

/** The same refusal for a person: a page instead of JSON. */
async function readable(
  refusal: Response,
  { nonce, items }: { nonce: string; items: readonly MissingSetting[] },
): Promise<Response> {
  const { error } = errorResponseSchema.parse(await refusal.json());
  const headers = new Headers(refusal.headers);
  headers.set("Content-Type", "text/html; charset=utf-8");
  headers.delete("Content-Length");
  const title = TITLES[refusal.status] ?? "That did not work";
  const page = plainPage({
    title,
    paragraphs: [error.message],
    items: items.map(({ variable, why }) => `${variable}: ${why}`),
    requestId: error.requestId,
    nonce,
  });
  return new Response(page, { status: refusal.status, headers });
}

const TITLES: Record<number, string> = {
  403: "Not now",
  404: "Nothing here",
  429: "One moment",
  503: "Not ready yet",
};

function withHeaders(response: Response, headers: Readonly<Record<string, string>>): Response {
  for (const [name, value] of Object.entries(headers)) response.headers.set(name, value);
  return response;
}
