import { androidUserAgent, clientHintBrands } from "#services/live/browser/chromium-switches.ts";
import type { RelatedTarget } from "#services/live/privacy/related-targets.ts";
import { HARDWARE_CONCURRENCY } from "#services/live/privacy/uniform-cores.ts";
import type { LiveView, TabHost } from "#services/live/tab/tab-host.ts";

const ANDROID = {
  platform: "Android",
  platformVersion: "10.0.0",
  model: "K",
  architecture: "",
  mobile: true,
};

/**
 * Everybody whose page is laid out alike looks alike to it: what a page can ask of a
 * browser is set by switches and by the browser's own emulation, in documents and
 * workers both, so no function of the page is replaced and nothing contradicts
 * anything else. See `docs/adr/0107-everybody-looks-the-same.md`.
 */
export async function uniformTab({ cdp, context, getView }: TabHost): Promise<void> {
  const version = majorOf(context.browser()?.version());
  for (const [method, params] of overrides("page", getView(), version)) {
    await (cdp.send as (method: string, params: object) => Promise<unknown>)(method, params);
  }
}

/** The same for a worker or a frame of another process, before it runs. */
export function prepareUniformTarget(target: RelatedTarget, view: LiveView, version: string): void {
  for (const [method, params] of overrides(target.type, view, majorOf(version))) {
    target.send(method, params).catch(() => {
      // It is gone, and nothing of it runs.
    });
  }
}

function overrides(type: string, { device }: LiveView, major: string): [method: string, params: object][] {
  const acceptLanguage = device.language;
  const concurrency: [string, object] = [
    "Emulation.setHardwareConcurrencyOverride",
    { hardwareConcurrency: HARDWARE_CONCURRENCY },
  ];
  const agent: [string, object] =
    device.mode === "mobile"
      ? [
          "Emulation.setUserAgentOverride",
          {
            userAgent: androidUserAgent(major),
            acceptLanguage,
            userAgentMetadata: { ...ANDROID, brands: clientHintBrands(major) },
          },
        ]
      : // The switch's own, whose client hints belong to it.
        ["Emulation.setUserAgentOverride", { userAgent: "", acceptLanguage }];
  return type === "page" || type === "iframe" || type === "worker" ? [concurrency, agent] : [];
}

function majorOf(version = ""): string {
  return version.split(".")[0] ?? "";
}
