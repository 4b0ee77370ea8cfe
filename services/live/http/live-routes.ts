import { fileRoute } from "#services/live/files/file-routes.ts";
import type { LiveRoute } from "#services/live/http/live-route.ts";

export const LIVE_ROUTES: readonly LiveRoute[] = [fileRoute];
