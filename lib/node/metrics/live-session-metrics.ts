import { counter } from "#lib/node/metrics/registry.ts";

export const liveSessions = counter({
  name: "qui_live_sessions_total",
  help: "Tabs asked for, by what came of it: placed, waiting, full (nobody more may wait), spent (the day's minutes).",
  labelNames: ["outcome"],
});
