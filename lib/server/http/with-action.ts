import "server-only";
import { headers } from "next/headers";
import type { Logger } from "pino";
import type { z } from "zod";
import { toAppError } from "#lib/core/errors/to-app-error.ts";
import type { RateLimitName } from "#lib/core/rate-limit/limits.ts";
import type { ErrorResponse } from "#lib/protocol/errors.ts";
import type { Client } from "#lib/server/http/client.ts";
import { Passage } from "#lib/server/http/passage.ts";
import type { Principal } from "#lib/server/http/route-spec.ts";
import { admit } from "#lib/server/http/steps/admit.ts";
import { isFrameworkSignal } from "#lib/server/http/steps/framework-signal.ts";
import { enforcePolicy } from "#lib/server/http/steps/policy.ts";
import { logFailure } from "#lib/server/http/steps/respond.ts";
import { parseInput } from "#lib/server/http/steps/validate.ts";

export interface ActionSpec<I extends z.ZodType> {
  /** `noun.verb`, unique. */
  name: string;
  /** Accounts will add `{kind: "session"}`. */
  auth: "public";
  limit: RateLimitName;
  input: I;
  /** Writes the outcome to the audit log under this action. */
  audit?: string;
}

export interface ActionContext<I extends z.ZodType> {
  input: z.output<I>;
  log: Logger;
  requestId: string;
  client: Client;
  principal: Principal;
  /** @throws AppError `rate_limited`. */
  charge(limit: RateLimitName, cost?: number): Promise<void>;
}

/** What an action answers: expected failures are values, since a thrown error loses its message on the way. */
export type ActionResult<T> = { ok: true; data: T } | ({ ok: false } & ErrorResponse);

/**
 * Wraps a server action, which is a public endpoint like any other, in the same
 * steps as a route: request id → rate limit → validate → session → policy (same
 * origin) → action → audit.
 */
export function withAction<I extends z.ZodType, T>(
  spec: ActionSpec<I>,
  action: (context: ActionContext<I>) => Promise<T> | T,
): (input: z.input<I>) => Promise<ActionResult<T>> {
  return async (input) => {
    const request = { headers: await headers(), method: "POST", url: "http://action/" };
    const passage = new Passage(spec.name, request);
    const { client, requestId } = passage;
    try {
      passage.limit = await admit(passage.services, { client, path: "/", limit: spec.limit });
      const parsed = parseInput(spec.input, input);
      enforcePolicy(request, passage.principal);
      const data = await action({
        input: parsed,
        client,
        requestId,
        principal: passage.principal,
        get log() {
          return passage.log;
        },
        charge: (limit, cost) => passage.charge(limit, cost),
      });
      passage.finish(200, { audit: spec.audit });
      return { ok: true, data };
    } catch (error) {
      if (isFrameworkSignal(error)) throw error;
      const known = toAppError(error);
      logFailure(passage.log, known);
      passage.finish(known.status, { audit: spec.audit, error });
      return { ok: false, error: { code: known.code, message: known.userMessage, requestId } };
    }
  };
}
