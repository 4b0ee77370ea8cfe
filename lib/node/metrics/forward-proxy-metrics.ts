import { counter, gauge } from "#lib/node/metrics/registry.ts";

export const proxyConnections = counter({
  name: "qui_live_proxy_connections_total",
  help: "What browsers asked the egress proxy for, by kind (tunnel, request) and outcome: ok, or why it was refused or failed.",
  labelNames: ["kind", "outcome"],
});

export const proxyOpen = gauge({
  name: "qui_live_proxy_open_connections",
  help: "Connections out that browsers hold through the egress proxy.",
});

export const proxyBytes = counter({
  name: "qui_live_proxy_bytes_total",
  help: "Bytes that tunnels and plain requests of browsers carried, by direction (in, out).",
  labelNames: ["direction"],
});
