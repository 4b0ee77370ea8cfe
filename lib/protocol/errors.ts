import { z } from "zod";

/**
 * The one table of error codes: what the HTTP answer's status is, whether trying
 * again can help, and the sentence a person reads. Clients switch on the code,
 * never on the sentence.
 */
export const ERRORS = {
  bad_request: { status: 400, retryable: false, message: "That request was not understood." },
  invalid_url: {
    status: 400,
    retryable: false,
    message: "That is not an address Qui can open. Check the spelling, or search for it instead.",
  },
  unsupported_scheme: {
    status: 400,
    retryable: false,
    message: "Qui opens only http and https addresses.",
  },
  credentials_in_url: {
    status: 400,
    retryable: false,
    message: "This address holds a user name or password. Remove that part and try again.",
  },
  blocked_address: {
    status: 403,
    retryable: false,
    message: "This address leads to a private network, so Qui does not open it. Try a public address.",
  },
  blocked_port: {
    status: 403,
    retryable: false,
    message: "This port is not open to pages. Try the address without the port.",
  },
  name_not_found: {
    status: 502,
    retryable: true,
    message: "No site has this name. Check the spelling, or search for it instead.",
  },
  unreachable: {
    status: 502,
    retryable: true,
    message: "The site did not answer. It may be down; try again in a moment.",
  },
  insecure_connection: {
    status: 502,
    retryable: false,
    message: "The site's certificate could not be verified, so nothing was loaded from it.",
  },
  timed_out: {
    status: 504,
    retryable: true,
    message: "The site took too long to answer. Try again in a moment.",
  },
  too_large: {
    status: 502,
    retryable: false,
    message: "This page is larger than Qui reads in one piece. Try a smaller part of the site.",
  },
  too_many_redirects: {
    status: 502,
    retryable: false,
    message: "The site kept sending us elsewhere. Try its start page.",
  },
  bad_response: {
    status: 502,
    retryable: true,
    message: "The site's answer could not be understood. Try again, or try another page of the site.",
  },
  unsupported_type: {
    status: 415,
    retryable: false,
    message: "This is not a kind of file Qui can show as a page.",
  },
  origin_forbidden: {
    status: 502,
    retryable: false,
    message: "The site refused to show this page to Qui. It may need an account or a live panel.",
  },
  origin_not_found: {
    status: 404,
    retryable: false,
    message: "The site has no page at this address. Check it, or go to the site's start page.",
  },
  origin_failed: {
    status: 502,
    retryable: true,
    message: "The site reported a fault of its own. Try again in a moment.",
  },
  page_crashed: {
    status: 502,
    retryable: false,
    message:
      "This page could not be read safely: it used too much time or memory. Nothing else was affected.",
  },
  search_unavailable: {
    status: 502,
    retryable: true,
    message: "The search service did not answer. Type a full address, or try again in a moment.",
  },
  search_off: {
    status: 503,
    retryable: false,
    message: "Search is off on this server. Type a full address, such as example.org.",
  },
  live_unavailable: {
    status: 503,
    retryable: false,
    message:
      "Live pages are off on this server: it has no Chromium to open them in. The reader goes on working.",
  },
  live_unreachable: {
    status: 503,
    retryable: true,
    message:
      "The browser behind live pages is not answering. Try again in a moment; the reader goes on working.",
  },
  live_full: {
    status: 503,
    retryable: true,
    message:
      "So many people wait for a live page that no place is left to wait in. Try again in a few minutes; the reader goes on working.",
  },
  live_limit: {
    status: 403,
    retryable: false,
    message:
      "Your time with live pages is used up for today. It begins anew at midnight UTC; the reader goes on working.",
  },
  unauthorized: { status: 401, retryable: false, message: "Sign in to do this." },
  forbidden: { status: 403, retryable: false, message: "You may not do this." },
  not_found: { status: 404, retryable: false, message: "There is nothing here." },
  method_not_allowed: { status: 405, retryable: false, message: "That is not possible here." },
  body_too_large: { status: 413, retryable: false, message: "That is more than this request may carry." },
  unsupported_body: { status: 415, retryable: false, message: "This request needs a JSON body." },
  rate_limited: {
    status: 429,
    retryable: true,
    message: "That was a lot at once. Wait a moment, then try again.",
  },
  client_blocked: {
    status: 403,
    retryable: true,
    message: "Requests from your network are paused because they looked like an attack. Try again later.",
  },
  unavailable: {
    status: 503,
    retryable: true,
    message: "Qui is busy or starting. Try again in a moment.",
  },
  not_configured: {
    status: 503,
    retryable: false,
    message: "This server is not set up yet.",
  },
  internal: {
    status: 500,
    retryable: true,
    message: "Something went wrong on our side. Nothing of yours was lost; try again.",
  },
} as const satisfies Record<string, { status: number; retryable: boolean; message: string }>;

export type ErrorCode = keyof typeof ERRORS;

export const errorCodeSchema = z.enum(Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]]);

/** How every error leaves the server. */
export const errorResponseSchema = z.object({
  error: z.object({
    code: errorCodeSchema,
    message: z.string(),
    requestId: z.string(),
  }),
});
export type ErrorResponse = z.infer<typeof errorResponseSchema>;
