import { AppError } from "#lib/core/errors/app-error.ts";
import { withRoute } from "#lib/server/http/with-route.ts";

/** Paths under `/api` that do not exist: the same errors, limits and watch over probes as everywhere. */
const answer = withRoute({ name: "api.unknown", auth: "public", limit: "api" }, () => {
  throw new AppError("not_found");
});

export { answer as DELETE, answer as GET, answer as PATCH, answer as POST, answer as PUT };
