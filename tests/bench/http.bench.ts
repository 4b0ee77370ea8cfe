import { z } from "zod";
import { parseEnv } from "#lib/node/env.ts";
import { createMemoryKv } from "#lib/node/kv/memory/memory-kv.ts";
import { createLog, setLog } from "#lib/node/log/log.ts";
import { createAbuseGuard } from "#lib/server/http/abuse-guard.ts";
import { createAccessRuleCache } from "#lib/server/http/access-rule-cache.ts";
import { createInsuredKv } from "#lib/server/http/insured-kv.ts";
import { createRateLimiter } from "#lib/server/http/rate-limiter.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { withRoute } from "#lib/server/http/with-route.ts";
import { median } from "./statistics.ts";

const ROUNDS = 7;
const REQUESTS = 5_000;
/** What a bare route handler of one Next process takes here, measured over loopback: 1,400 requests a second. */
const BARE_NEXT_US = 1e6 / 1_400;
const BODY = new TextEncoder().encode(JSON.stringify({ text: "x".repeat(20_000) }));

type Route = (request: Request) => Promise<Response> | Response;

/** The whole inbound pipeline in process, beside a bare handler that returns the same bytes. */
export default async function benchHttp(): Promise<string> {
  setLog(createLog({ level: "info", destination: { write: () => {} } }));
  const env = parseEnv({ QUI_RATE_LIMIT_SCALE: "1000000" });
  const kv = createInsuredKv({ kv: () => store });
  const store = createMemoryKv();
  const rules = createAccessRuleCache({ load: async () => [] });
  const limiter = createRateLimiter(kv, env.QUI_RATE_LIMIT_SCALE);
  const guard = createAbuseGuard({ kv, rules: rules.get, sparesLoopback: false });
  setHttpServices({ env, missing: [], kv, rules, limiter, guard });

  const answer = () => new Response(BODY, { headers: { "Content-Type": "application/json" } });
  const query = z.object({
    url: z.string().trim().min(1).max(8192),
    level: z.enum(["off", "standard"]).default("off"),
  });
  const routes: Record<string, Route> = {
    "bare handler": answer,
    "withRoute, limit only": withRoute({ name: "bench.plain", auth: "public", limit: "pages" }, answer),
    "withRoute, limit and query": withRoute(
      { name: "bench.query", auth: "public", limit: "pages", query },
      answer,
    ),
    "withRoute, de-duplicated": withRoute(
      { name: "bench.dedupe", auth: "public", limit: "pages", query, dedupe: true },
      answer,
    ),
  };

  const times = Object.fromEntries(Object.keys(routes).map((name) => [name, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    for (const [name, route] of Object.entries(routes)) times[name]?.push(await timeRound(route));
  }
  setHttpServices(undefined);
  setLog(undefined);

  const bareUs = median(times["bare handler"] ?? []);
  const rows = Object.entries(times).map(([name, samples]) => {
    const us = median(samples);
    const ratio = (BARE_NEXT_US + us - bareUs) / BARE_NEXT_US;
    return `| ${name} | ${us.toFixed(1)} | ${(us - bareUs).toFixed(1)} | ${ratio.toFixed(3)} |`;
  });
  return [
    "## Inbound pipeline",
    "",
    `Median of ${ROUNDS} rounds of ${REQUESTS} requests, in-process store. The ratio is to a bare Next route handler (${BARE_NEXT_US.toFixed(0)} µs a request); its bound is 1.5.`,
    "",
    "| | µs a request | added µs | time beside a bare Next handler |",
    "|---|---|---|---|",
    ...rows,
    "",
  ].join("\n");
}

/** Microseconds a request. */
async function timeRound(route: Route): Promise<number> {
  const requests = Array.from({ length: REQUESTS }, (_, index) => {
    const url = `http://localhost:3000/api/pages?url=https%3A%2F%2Fexample.org%2F${index}`;
    return new Request(url, { headers: { accept: "application/json", "user-agent": "bench" } });
  });
  const startedAt = performance.now();
  for (const request of requests) await (await route(request)).arrayBuffer();
  return ((performance.now() - startedAt) * 1000) / REQUESTS;
}
