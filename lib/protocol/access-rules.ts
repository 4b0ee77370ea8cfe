import { z } from "zod";

export const accessRuleKindSchema = z.enum(["PATH_PATTERN", "CLIENT"]);
export const accessRuleActionSchema = z.enum(["BLOCK", "ALLOW"]);

/** The body of `POST /api/admin/access-rules`. A rule for the same kind and pattern is replaced. */
export const createAccessRuleBodySchema = z.strictObject({
  kind: accessRuleKindSchema,
  /** A path as a glob (`*` within a segment, `**` across), or an IPv4 or IPv6 address; IPv6 counts for its /64. */
  pattern: z.string().trim().min(1).max(500),
  action: accessRuleActionSchema,
  /** For whoever reads the list later. */
  reason: z.string().trim().min(1).max(500),
  /** Null: until it is deleted. */
  expiresAt: z.iso.datetime({ offset: true }).nullable().default(null),
});

/** The query of `DELETE /api/admin/access-rules`. */
export const deleteAccessRuleQuerySchema = z.object({ id: z.uuid() });

export const accessRuleSchema = z.object({
  id: z.uuid(),
  kind: accessRuleKindSchema,
  pattern: z.string(),
  action: accessRuleActionSchema,
  reason: z.string(),
  createdAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().nullable(),
});

/** What `GET /api/admin/access-rules` answers: the rules in force, oldest first. */
export const accessRulesSchema = z.object({ rules: z.array(accessRuleSchema) });
