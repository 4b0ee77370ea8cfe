export interface MissingSetting {
  variable: string;
  /** A sentence for whoever deploys: what it is for and what to do. */
  why: string;
}

type Settings = Readonly<Record<string, string | undefined>>;

/**
 * What has to be set before the app can work where it runs, in the order to set it; empty when nothing is missing.
 * Takes the raw environment, in which an empty string counts as unset. `npm start` sets everything by itself, so this
 * speaks to those who run the app on their own, on Vercel above all: there, many short-lived processes share the
 * work, and none can keep state or a secret of its own.
 */
export function describeMissingSettings(settings: Settings): MissingSetting[] {
  const isSet = (variable: string) => Boolean(settings[variable]?.trim());
  const missing: MissingSetting[] = [];
  const need = (variable: string, why: string) => {
    if (!isSet(variable)) missing.push({ variable, why });
  };

  need(
    "DATABASE_URL",
    "Qui keeps its data in PostgreSQL. Set it to postgresql://USER:PASSWORD@HOST:PORT/DATABASE.",
  );

  const upstash = ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN"] as const;
  if (upstash.some(isSet)) {
    for (const variable of upstash)
      need(variable, "The address and the token of Upstash belong together; this one is missing.");
  } else if (isVercel(settings) && !isSet("REDIS_URL")) {
    const why =
      "Functions share caches, rate limits and locks through Redis. Add Upstash to the project, which sets this, or set REDIS_URL.";
    for (const variable of upstash) need(variable, why);
  }

  if (isVercel(settings)) {
    need(
      "QUI_SECRET",
      "Every function must sign media addresses with the same secret. Set 32 or more random characters: openssl rand -base64 32.",
    );
  }
  return missing;
}

function isVercel(settings: Settings): boolean {
  return settings.VERCEL === "1" || settings.VERCEL === "true";
}
