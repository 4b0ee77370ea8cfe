import { counter, histogram } from "#lib/node/metrics/registry.ts";

/** Wrapped routes and actions; `route` is the spec's name. */
export const requestDuration = histogram({
  name: "qui_http_request_duration_seconds",
  help: "Time from the first step of the pipeline to the answer's head, by route and status.",
  labelNames: ["route", "status"],
  buckets: [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30],
});

/** Everything this process answers, pages and files included, with the status that really left. */
export const responseDuration = histogram({
  name: "qui_http_response_duration_seconds",
  help: "Time from a request's head to the end of its answer, by kind (api, asset, document, script, file) and status.",
  labelNames: ["kind", "status"],
  buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 10, 60],
});

export const rateLimitRefusals = counter({
  name: "qui_rate_limit_refusals_total",
  help: "Requests refused with 429, by limit.",
  labelNames: ["limit"],
});

export const rateLimitFallbacks = counter({
  name: "qui_rate_limit_fallbacks_total",
  help: "Decisions taken by the local bucket because the shared store did not answer.",
  labelNames: ["limit"],
});

export const abuseStrikes = counter({
  name: "qui_abuse_strikes_total",
  help: "Offences counted against clients, by kind.",
  labelNames: ["kind"],
});

export const abuseBlocks = counter({
  name: "qui_abuse_blocks_total",
  help: "Clients blocked, by escalation level.",
  labelNames: ["level"],
});

export const abuseRefusals = counter({
  name: "qui_abuse_refusals_total",
  help: "Requests refused because of a block or a rule, by reason.",
  labelNames: ["reason"],
});
