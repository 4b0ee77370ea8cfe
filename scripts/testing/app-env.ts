/**
 * What the app is started with for end-to-end tests. A test's own site may listen on each of the ports; nothing else
 * that is private is reached, no list is fetched, no provider is asked. There is no Redis: as after `npm start`.
 */
export function appTestEnv(fixturePorts: readonly string[]): Record<string, string> {
  return {
    QUI_EGRESS_ALLOW: fixturePorts.flatMap((port) => [`127.0.0.1:${port}`, `localhost:${port}`]).join(","),
    QUI_FILTER_LISTS: "off",
    SEARCH_URL: "off",
    QUI_SECRET: "end-to-end-tests-only-0123456789abcdef",
    METRICS_TOKEN: "end-to-end-tests-only",
    // All tests are one client, and read more in a minute than a household does.
    QUI_RATE_LIMIT_SCALE: "50",
    QUI_PROFILE_KEY: "end-to-end-tests-only-0123456789abcdefghijk",
    REDIS_URL: "",
    LOG_LEVEL: "warn",
  };
}
