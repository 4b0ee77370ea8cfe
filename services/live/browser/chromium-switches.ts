/** Chromium's own version is the one thing in it that changes; the rest was frozen by user agent reduction. */
export function desktopUserAgent(major: string): string {
  return `Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Safari/537.36`;
}

/** As on a phone: the model is frozen too. */
export function androidUserAgent(major: string): string {
  return `Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/${major}.0.0.0 Mobile Safari/537.36`;
}

/**
 * The brands of Chromium's client hints, as it makes them itself for this version: a
 * name that means nothing, spelled and placed by the version, beside its own
 * (`GenerateBrandVersionList` in `components/embedder_support/user_agent_utils.cc`).
 */
export function clientHintBrands(major: string): { brand: string; version: string }[] {
  const seed = Number(major);
  const signs = [" ", "(", ":", "-", ".", "/", ")", ";", "=", "?", "_"];
  const sign = (index: number) => signs[index % signs.length];
  const grease = {
    brand: `Not${sign(seed)}A${sign(seed + 1)}Brand`,
    version: ["8", "99", "24"][seed % 3] ?? "8",
  };
  const own = { brand: "Chromium", version: major };
  return seed % 2 === 0 ? [grease, own] : [own, grease];
}

/**
 * What Chromium is started with beside the proxy. Switches and features reach every
 * document and worker before its first script, which nothing later could promise.
 */
export function chromiumSwitches(major: string): string[] {
  return [
    `--user-agent=${desktopUserAgent(major)}`,
    // The proxy is the only way out: no UDP of its own, no lookups of its own.
    "--disable-quic",
    "--webrtc-ip-handling-policy=disable_non_proxied_udp",
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
    // Nothing that no page asked for.
    "--no-first-run",
    "--no-pings",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-domain-reliability",
    "--disable-client-side-phishing-detection",
    "--disable-breakpad",
    // Third-party cookies are kept for the site they are seen on, or not at all.
    "--test-third-party-cookie-phaseout",
    // `navigator.webdriver` is false, as in any browser with a person before it.
    "--disable-blink-features=AutomationControlled",
    // One picture of a graphics card for every node, whatever is in it.
    "--use-angle=swiftshader-webgl",
    `--enable-features=${ENABLED_FEATURES.join(",")}`,
    `--disable-features=${DISABLED_FEATURES.join(",")}`,
  ];
}

/** Chromium hears the last list only, so each holds what Playwright's own default needs too. */
const ENABLED_FEATURES = [
  // The header and `navigator.globalPrivacyControl`, workers included.
  "GlobalPrivacyControl",
  "GlobalPrivacyControlForce",
  "SkipListAccountsWithoutGaiaCookies",
];

/** Playwright's, but for the partitioning of third-party storage, which stays on; then ours. */
const DISABLED_FEATURES = [
  "AvoidUnnecessaryBeforeUnloadCheckSync",
  "DestroyProfileOnBrowserClose",
  "HttpsUpgrades",
  "HttpsFirstBalancedModeAutoEnable",
  "LensOverlay",
  "MediaRouter",
  "PaintHolding",
  "AvoidCorsURLLoaderRestartOnRedirect",
  "OptimizationHints",
  "NetworkTimeServiceQuerying",
  "AimEnabled",
  "PreconnectToSearch",
  "AsyncDns",
  "DialMediaRouteProvider",
  "Translate",
  "WebTransport",
  // Each window would keep two pages ready for an address bar that nobody sees: 43 MB of memory a context.
  "WebUIOmniboxPopup",
  "WebUIOmniboxAimPopup",
  // With it Chromium itself dies when the renderer of a captured tab does: ADR 0118.
  "CDPScreenshotNewSurface",
];
