import "server-only";
import { type Db, getDb } from "#lib/server/db/client.ts";
import type { AccessRule } from "#lib/server/db/generated/client.ts";

export type NewAccessRule = Pick<AccessRule, "kind" | "pattern" | "action" | "reason" | "expiresAt">;

/** Adds a rule. One for the same kind and pattern is replaced: its action, reason and expiry become the new ones. */
export function createAccessRule(rule: NewAccessRule, db: Db = getDb()): Promise<AccessRule> {
  const { kind, pattern, action, reason, expiresAt } = rule;
  return db.accessRule.upsert({
    where: { kind_pattern: { kind, pattern } },
    create: { kind, pattern, action, reason, expiresAt },
    update: { action, reason, expiresAt },
  });
}
