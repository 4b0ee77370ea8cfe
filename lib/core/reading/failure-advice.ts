import { displayUrl, hostOf } from "#lib/core/reading/link-target.ts";
import type { PageAction } from "#lib/core/reading/page-view-state.ts";
import type { ErrorCode } from "#lib/protocol/errors.ts";

/** What kind of picture and tone a failure gets. */
export type FailureKind = "address" | "site" | "security" | "size" | "search" | "limit" | "qui";

type Step = "live" | "retry" | "edit" | "search" | "start-page" | "elsewhere";

interface FailureRule {
  kind: FailureKind;
  title: string;
  /** What is safe, or what else is good to know. Null: the message has said it all. */
  reassurance: string | null;
  /** First is the most likely to help. */
  steps: readonly Step[];
}

const NOTHING_LOADED = "Nothing was loaded from it, and it has not seen your device.";
const SITE_SAW_SERVER = "The site has only seen Qui's server, never your device.";
const OTHERS_FINE = "Your other pages are not affected.";

/** One designed answer for each code of the shared table. */
const RULES = {
  bad_request: rule("address", "That did not work", null, ["edit", "retry"]),
  invalid_url: rule("address", "This is not an address", null, ["search", "edit"]),
  unsupported_scheme: rule("address", "This kind of address stays closed", null, ["edit", "search"]),
  credentials_in_url: rule("security", "This address carries a password", NOTHING_LOADED, ["edit"]),
  blocked_address: rule("security", "This address is private", NOTHING_LOADED, ["edit", "search"]),
  blocked_port: rule("security", "This port is closed", NOTHING_LOADED, ["start-page", "edit"]),
  name_not_found: rule("address", "No site has this name", null, ["search", "edit", "retry"]),
  unreachable: rule("site", "The site does not answer", OTHERS_FINE, ["retry", "elsewhere"]),
  insecure_connection: rule("security", "The connection is not safe", NOTHING_LOADED, ["start-page", "edit"]),
  timed_out: rule("site", "The site is too slow", OTHERS_FINE, ["retry", "start-page", "elsewhere"]),
  too_large: rule("size", "This page is too large", SITE_SAW_SERVER, ["start-page", "elsewhere"]),
  too_many_redirects: rule("site", "The site sends us in circles", SITE_SAW_SERVER, [
    "start-page",
    "elsewhere",
  ]),
  bad_response: rule("site", "The answer made no sense", SITE_SAW_SERVER, [
    "retry",
    "start-page",
    "elsewhere",
  ]),
  unsupported_type: rule("size", "This is not a page to read", SITE_SAW_SERVER, ["elsewhere", "start-page"]),
  origin_forbidden: rule("site", "The site keeps this page closed", SITE_SAW_SERVER, [
    "live",
    "elsewhere",
    "start-page",
  ]),
  origin_not_found: rule("address", "There is no such page", SITE_SAW_SERVER, [
    "start-page",
    "search",
    "edit",
  ]),
  origin_failed: rule("site", "The site has a problem", OTHERS_FINE, ["retry", "start-page"]),
  page_crashed: rule("size", "This page could not be read safely", SITE_SAW_SERVER, [
    "start-page",
    "elsewhere",
  ]),
  search_unavailable: rule("search", "The search does not answer", null, ["retry", "edit"]),
  search_off: rule("search", "Search is off here", null, ["edit"]),
  live_unavailable: rule("qui", "Live pages are off here", OTHERS_FINE, ["edit"]),
  live_unreachable: rule("qui", "Live pages do not answer", OTHERS_FINE, ["retry"]),
  live_full: rule("limit", "Live pages are full", OTHERS_FINE, ["retry"]),
  live_limit: rule("limit", "That was all for today", OTHERS_FINE, ["edit"]),
  unauthorized: rule("limit", "Sign in first", OTHERS_FINE, ["retry"]),
  forbidden: rule("limit", "This is not allowed", OTHERS_FINE, ["edit"]),
  not_found: rule("qui", "There is nothing here", null, ["edit", "search"]),
  method_not_allowed: rule("qui", "That is not possible here", null, ["edit"]),
  body_too_large: rule("qui", "That was too large to send", OTHERS_FINE, ["edit"]),
  unsupported_body: rule("qui", "That did not work", OTHERS_FINE, ["edit"]),
  rate_limited: rule("limit", "One moment, please", OTHERS_FINE, ["retry"]),
  client_blocked: rule("limit", "Your network is paused", OTHERS_FINE, ["retry"]),
  unavailable: rule("qui", "Qui is busy", OTHERS_FINE, ["retry"]),
  not_configured: rule("qui", "This server is not ready", OTHERS_FINE, ["retry"]),
  internal: rule("qui", "Something went wrong here", OTHERS_FINE, ["retry", "edit"]),
} as const satisfies Record<ErrorCode, FailureRule>;

function rule(
  kind: FailureKind,
  title: string,
  reassurance: string | null,
  steps: readonly Step[],
): FailureRule {
  return { kind, title, reassurance, steps };
}

/** A next step: something the space does, trying again, or a link that leaves Qui. */
export type FailureStep =
  | { label: string; does: "retry" }
  | { label: string; does: "act"; action: PageAction }
  | { label: string; does: "leave"; href: string };

export interface FailureAdvice {
  kind: FailureKind;
  title: string;
  reassurance: string | null;
  /** First is the main button. Never empty. */
  steps: FailureStep[];
}

/** What a person is told and offered when a page could not be shown. `url` is what they asked for. */
export function adviseOnFailure(code: ErrorCode, url: string): FailureAdvice {
  const { kind, title, reassurance, steps } = RULES[code];
  const offered = steps.flatMap((step) => toStep(step, code, url) ?? []);
  return {
    kind,
    title,
    reassurance,
    steps:
      offered.length > 0
        ? offered
        : [{ label: "Change the address", does: "act", action: { type: "edit-address" } }],
  };
}

function toStep(step: Step, code: ErrorCode, url: string): FailureStep | null {
  const target = URL.parse(url);
  const isWeb = target?.protocol === "http:" || target?.protocol === "https:";
  switch (step) {
    case "live":
      return isWeb
        ? { label: "Open live", does: "act", action: { type: "open-live", url: target.href } }
        : null;
    case "retry":
      return { label: "Try again", does: "retry" };
    case "edit":
      return { label: "Change the address", does: "act", action: { type: "edit-address" } };
    case "search":
      return { label: "Search for it", does: "act", action: { type: "search", query: searchWords(url) } };
    case "start-page": {
      if (!isWeb) return null;
      // A port that is closed to pages would only be refused again.
      const start = `${target.protocol}//${code === "blocked_port" ? target.hostname : target.host}/`;
      if (start === target.href) return null;
      return {
        label: `Go to ${hostOf(start)}`,
        does: "act",
        action: { type: "open-start-page", url: start },
      };
    }
    case "elsewhere":
      if (!isWeb || target.username || target.password) return null;
      return { label: "Open outside Qui", does: "leave", href: target.href };
  }
}

/** The words of an address: what someone who mistyped it would have searched for. */
function searchWords(url: string): string {
  return (
    displayUrl(url)
      .replace(/[?#].*$/, "")
      .replace(/\.(com|org|net|html?|php)\b/gi, " ")
      .replace(/[/_+\-.:=&]+/g, " ")
      .replace(/\s+/g, " ")
      .trim() || url
  );
}
