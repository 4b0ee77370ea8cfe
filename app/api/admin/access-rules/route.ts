import { normalizePattern } from "#lib/core/abuse/access-rules.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createAccessRuleBodySchema, deleteAccessRuleQuerySchema } from "#lib/protocol/access-rules.ts";
import { createAccessRule } from "#lib/server/db/access-rules/create-access-rule.ts";
import { deleteAccessRule } from "#lib/server/db/access-rules/delete-access-rule.ts";
import { listAccessRules } from "#lib/server/db/access-rules/list-access-rules.ts";
import { getHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";

/** An administrator who got blocked must be able to lift it. */
const admin = {
  auth: { kind: "bearer", token: "QUI_ADMIN_TOKEN" },
  limit: "admin",
  admitsBlocked: true,
} as const;

/** The rules in force, oldest first. */
export const GET = withRoute({ ...admin, name: "access-rules.list" }, async () =>
  Response.json({ rules: await listAccessRules({ now: new Date() }) }),
);

/** Adds a rule, or replaces the one for the same kind and pattern. */
export const POST = withRoute(
  { ...admin, name: "access-rules.create", body: createAccessRuleBodySchema, audit: "access-rule.create" },
  async ({ body }) => {
    const normalized = normalizePattern(body.kind, body.pattern);
    if (!normalized.ok) {
      throw new AppError("bad_request", {
        userMessage: `That request was not understood. ${normalized.problem}`,
      });
    }
    const expiresAt = body.expiresAt === null ? null : new Date(body.expiresAt);
    const rule = await createAccessRule({ ...body, pattern: normalized.pattern, expiresAt });
    await getHttpServices().rules.refresh();
    return Response.json(rule, { status: 201 });
  },
);

export const DELETE = withRoute(
  { ...admin, name: "access-rules.delete", query: deleteAccessRuleQuerySchema, audit: "access-rule.delete" },
  async ({ query }) => {
    const existed = await deleteAccessRule(query.id);
    if (!existed) throw new AppError("not_found");
    await getHttpServices().rules.refresh();
    return new Response(null, { status: 204 });
  },
);
