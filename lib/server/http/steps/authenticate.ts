import "server-only";
import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "#lib/core/errors/app-error.ts";
import { parseBearer } from "#lib/core/http/bearer.ts";
import type { Env } from "#lib/node/env.ts";
import type { Client } from "#lib/server/http/client.ts";
import type { Principal, RouteAuth } from "#lib/server/http/route-spec.ts";

/**
 * Who calls.
 * @throws AppError `unauthorized` (401) for a missing or wrong token, `forbidden`
 * (403) where the server has none to compare with.
 */
export function authenticate(
  auth: RouteAuth,
  evidence: { authorization: string | null; client: Client; env: Env },
): Principal {
  if (auth === "public") return { kind: "anonymous" };
  const expected = evidence.env[auth.token];
  if (expected === undefined) {
    if (auth.kind === "loopback-or-bearer" && evidence.client.local) return { kind: "loopback" };
    throw new AppError("forbidden", {
      userMessage: `This is not configured: set ${auth.token} on the server to use it.`,
    });
  }
  const given = parseBearer(evidence.authorization);
  if (given === null || !equalInConstantTime(given, expected)) throw new AppError("unauthorized");
  return { kind: "token", token: auth.token };
}

/** Compares digests, so that neither content nor length shows in the time taken. */
function equalInConstantTime(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}
