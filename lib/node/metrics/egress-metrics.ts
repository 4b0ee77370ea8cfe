import { histogram } from "#lib/node/metrics/registry.ts";

/** Outbound page traffic: how it went, as `ok` or the failure's code. */
export const egressDuration = histogram({
  name: "qui_egress_duration_seconds",
  help: "Time from an outbound request to the head of the last answer, redirects included, by outcome.",
  labelNames: ["outcome"],
  buckets: [0.01, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 25],
});

/** Pictures rendered for the media proxy, waiting included. */
export const imageRenderDuration = histogram({
  name: "qui_media_render_duration_seconds",
  help: "Time a picture spent waiting and being rendered, by outcome.",
  labelNames: ["outcome"],
  buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 12],
});
