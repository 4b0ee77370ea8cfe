import "server-only";
import { AppError } from "#lib/core/errors/app-error.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";
import type { GotPage } from "#lib/server/pages/get-page.ts";

export async function searchAsPage(_input: {
  query: string;
  level: TrackerLevel;
  language: string;
  signal: AbortSignal;
}): Promise<GotPage> {
  throw new AppError("search_off");
}
