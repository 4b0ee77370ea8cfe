/** Chromium's own version is the one thing in it that changes; the rest was frozen by user agent reduction. */
export function desktopUserAgent(major: string): string {
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}

/**
 * What Chromium is started with beside the proxy. Switches and features reach every
 * document and worker before its first script, which nothing later could promise.
 * Playwright brings its own for crash reports, first runs and pings.
 */
export const CHROMIUM_SWITCHES: readonly string[] = [
  // The proxy is the only way out: no UDP of its own, no lookups of its own.
  "--disable-quic",
  "--webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--force-webrtc-ip-handling-policy=disable_non_proxied_udp",
  "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",
  // Nothing that no page asked for.
  "--no-first-run",
  "--no-pings",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
  "--disable-domain-reliability",
  "--disable-client-side-phishing-detection",
  "--disable-breakpad",
  // Third-party cookies are kept by the site they are seen on, or not at all.
  "--test-third-party-cookie-phaseout",
  // `navigator.webdriver` is false, as in any browser with a person before it.
  "--disable-blink-features=AutomationControlled",
  // One picture of a graphics card for every node, whatever is in it.
  "--disable-gpu",
  "--use-angle=swiftshader",
  "--enable-unsafe-swiftshader",
  "--force-color-profile=srgb",
];

/** Global Privacy Control: the header and `navigator.globalPrivacyControl`, workers included. */
export const ENABLED_FEATURES: readonly string[] = ["GlobalPrivacyControl", "GlobalPrivacyControlForce"];

/** Beside those that Playwright turns off, which it merges with these. */
export const DISABLED_FEATURES: readonly string[] = [
  "AsyncDns",
  "DnsOverHttps",
  "NetworkTimeServiceQuerying",
  "OptimizationHints",
  "Translate",
  "MediaRouter",
  "DialMediaRouteProvider",
  "WebTransport",
];
