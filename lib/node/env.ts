import { randomBytes } from "node:crypto";
import { z } from "zod";
import { describeMissingSettings, type MissingSetting } from "#lib/core/setup/describe-missing-settings.ts";
import { livePlanSchema } from "#lib/protocol/live-status.ts";

const flag = z.enum(["0", "1", "true", "false"]).transform((value) => value === "1" || value === "true");
const list = z.string().transform((value) =>
  value
    .split(",")
    .map((item) => item.trim())
    .filter(Boolean),
);

const profileKey = z.string().regex(/^[\w-]{43}$/, "not 32 bytes in base64url");

/** Every variable the server processes read. An empty string counts as unset. */
const envSchema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("development"),
  PORT: z.coerce.number().int().min(1).max(65535).default(3000),
  /** Set by Vercel's own runtime. */
  VERCEL: flag.default(false),
  /** PostgreSQL. `npm start` fills it in with the embedded server's address. */
  DATABASE_URL: z.string().startsWith("postgres").optional(),
  /** Redis or Valkey over TCP; unset means the in-process store. */
  REDIS_URL: z.string().startsWith("redis").optional(),
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  /**
   * Signs media addresses and tokens. `npm start` writes one to `.env.local`;
   * without it each start makes its own, so what was signed before stops working.
   */
  QUI_SECRET: z
    .string()
    .min(32)
    .default(() => randomBytes(32).toString("base64url")),
  /** Earlier values of `QUI_SECRET`, newest first: what they signed stays valid, nothing new is signed with them. */
  QUI_SECRETS_FORMER: list.default([]),
  METRICS_TOKEN: z.string().min(16).optional(),
  /** What Vercel's scheduler sends to `/api/cron/*` as a bearer token. */
  CRON_SECRET: z.string().min(16).optional(),
  /** Exact `host:port` pairs that page traffic may reach although they are private. */
  QUI_EGRESS_ALLOW: list.default([]),
  /** Ports page traffic may use. */
  QUI_EGRESS_PORTS: list.default(["80", "443", "8080", "8443"]),
  /** How many reverse proxies stand in front, each adding to `x-forwarded-for`. */
  QUI_TRUSTED_PROXIES: z.coerce.number().int().min(0).max(8).default(0),
  /** Bearer token of `/api/admin/*`. Unset: nobody administers over HTTP. */
  QUI_ADMIN_TOKEN: z.string().min(16).optional(),
  /** Multiplies every rate limit, for load tests. */
  QUI_RATE_LIMIT_SCALE: z.coerce.number().min(0.01).max(1_000_000).default(1),
  LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  /**
   * Search template with `{query}`: a SearXNG JSON address or an HTML results page;
   * `off` turns search off (the parsed value is then null).
   */
  SEARCH_URL: z
    .union([
      z.literal("off").transform(() => null),
      z
        .string()
        .includes("{query}")
        .refine((template) => /^https?:$/.test(URL.parse(template)?.protocol ?? ""), "not a web address"),
    ])
    .default("https://html.duckduckgo.com/html/?q={query}"),
  /** Addresses of filter lists, or `off`. */
  QUI_FILTER_LISTS: list.default([
    "https://easylist.to/easylist/easylist.txt",
    "https://easylist.to/easylist/easyprivacy.txt",
  ]),
  /** Policy of the in-process page cache. */
  QUI_CACHE_POLICY: z.enum(["lru", "lfu", "ttl", "adaptive"]).default("adaptive"),
  QUI_CACHE_BYTES_MAX: z.coerce
    .number()
    .int()
    .positive()
    .default(64 * 1024 * 1024),
  /** Worker threads that read pages. */
  QUI_READER_WORKERS: z.coerce.number().int().min(1).max(16).default(2),
  /** The program that opens live pages. `npm start` finds or installs it. */
  QUI_CHROMIUM: z.string().optional(),
  /** Where the app reaches its one live node; `npm start` fills it in. Unset: live pages are off unless nodes register. */
  QUI_LIVE_URL: z.url({ protocol: /^https?$/ }).optional(),
  /** Where browsers reach this live node, `wss://…`. Unset: the host the app was opened from, at `QUI_LIVE_PORT`. */
  QUI_LIVE_PUBLIC_URL: z.url({ protocol: /^wss?$/ }).optional(),
  QUI_LIVE_PORT: z.coerce.number().int().min(0).max(65535).default(3001),
  QUI_LIVE_HOST: z.string().default("::"),
  /** Unique among the nodes of one deployment. */
  QUI_LIVE_NODE_ID: z.string().min(1).max(64).default("local"),
  /** Origins whose pages may connect to this live node. Unset: the host the node is reached at, whatever the port. */
  QUI_LIVE_ORIGINS: list.default([]),
  /** Tabs this live node holds at once. */
  QUI_LIVE_TABS_MAX: z.coerce.number().int().min(1).max(1000).default(12),
  /** Free memory a live node leaves to the machine: with less, new tabs wait. */
  QUI_LIVE_MEMORY_FREE_MB: z.coerce.number().int().min(0).max(1_048_576).default(256),
  /** Free disk that files of visitors leave to the machine: with less, a live node takes none. */
  QUI_LIVE_DISK_FREE_MB: z.coerce.number().int().min(0).max(1_000_000_000).default(64),
  /** How long a tab waits for a client that lost its connection. */
  QUI_LIVE_GRACE_S: z.coerce.number().min(0).max(3600).default(60),
  /** After so many contexts, or minutes, a Chromium takes no new ones and ends with its last. */
  QUI_LIVE_CONTEXTS_MAX: z.coerce.number().int().min(1).max(100_000).default(200),
  QUI_LIVE_BROWSER_MINUTES: z.coerce.number().min(1).max(100_000).default(720),
  /** What visitors without an account may do with live pages. */
  QUI_LIVE_GUEST_PLAN: livePlanSchema.default("guest"),
  /**
   * Seals the profiles a live node keeps: 32 bytes, base64url. `npm start` writes one
   * to `.env.local`. Unset: profiles are off.
   */
  QUI_PROFILE_KEY: profileKey.optional(),
  /** Earlier values of `QUI_PROFILE_KEY`: what they sealed can still be opened, and is sealed anew. */
  QUI_PROFILE_KEYS_FORMER: list.pipe(z.array(profileKey)).default([]),
  /** Where local state lives: embedded PostgreSQL, downloads of lists, profiles of live pages. */
  QUI_DATA_DIR: z.string().default(".qui"),
});

export type Env = z.infer<typeof envSchema>;

export const ENV_VARIABLES: readonly string[] = Object.keys(envSchema.shape);

let cached: Env | undefined;

/**
 * The process's checked environment, read once.
 * @throws Error naming each variable that is wrong, so a bad setting stops the start with a clear message.
 */
export function getEnv(): Env {
  if (!cached) {
    cached = parseEnv(process.env);
    // Worker threads and other bundles of this module start from the same secret.
    process.env.QUI_SECRET = cached.QUI_SECRET;
  }
  return cached;
}

/** From now on temporary files of this process and those it starts go here. */
export function setTempFolder(path: string): void {
  process.env.TMPDIR = path;
}

/** What the process still needs to be told, in the order to set it. */
export function getMissingSettings(): MissingSetting[] {
  return describeMissingSettings(process.env);
}

export function parseEnv(source: Record<string, string | undefined>): Env {
  const set = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ""));
  const result = envSchema.safeParse(set);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(
    `The environment is not valid:\n${problems.join("\n")}\nSee .env.example for every variable.`,
  );
}
