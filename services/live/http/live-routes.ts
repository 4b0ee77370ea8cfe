import { fileRoute } from "#services/live/files/file-routes.ts";
import type { LiveRoute } from "#services/live/http/live-route.ts";
import { profileRoute } from "#services/live/profiles/profile-route.ts";
import { getProfileService } from "#services/live/profiles/profile-service.ts";

export const LIVE_ROUTES: readonly LiveRoute[] = [fileRoute, profileRoute(getProfileService)];
