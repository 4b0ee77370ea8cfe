import type { BrowserContext } from "playwright-core";
import type { LiveTicket } from "#lib/protocol/live-session.ts";
import { getProfileService } from "#services/live/profiles/profile-service.ts";
import type { CreateTabPart } from "#services/live/tab/tab-host.ts";

/** Restores and keeps the profile of who asked for one. */
export const profileHook = {
  opened: (context: BrowserContext, ticket: LiveTicket) => getProfileService()?.opened(context, ticket),
  closing: (context: BrowserContext) => getProfileService()?.closing(context),
};

/** Says what became of the wish for a profile. */
export const tellProfile: CreateTabPart = ({ ticket, context, emit }) => {
  if (ticket.profile) emit({ type: "profile", state: getProfileService()?.stateOf(context) ?? "off" });
  return {};
};
