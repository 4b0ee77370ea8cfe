import { deleteExpiredAccessRules } from "#lib/server/db/access-rules/delete-expired-access-rules.ts";
import { withCron } from "#lib/server/http/with-cron.ts";

/** Removes what has expired in the database. */
export const GET = withCron("cleanup", async () => ({
  accessRules: await deleteExpiredAccessRules({ now: new Date() }),
}));
