import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { type Browser, chromium } from "playwright-core";
import type { ForwardProxy } from "#lib/node/egress/forward-proxy.ts";
import { getLog } from "#lib/node/log/log.ts";
import { chromiumSwitches } from "#services/live/browser/chromium-switches.ts";
import { CAPTURE_HINDRANCES, CAPTURE_SWITCHES } from "#services/live/capture/capture-extensions.ts";
import { watchTabs } from "#services/live/capture/watch-tabs.ts";
import { guardBrowser } from "#services/live/privacy/browser-guard.ts";
import { getForwardProxy } from "#services/live/privacy/node-proxy.ts";

const VERSION_MS = 15_000;

/** By program; asked once, since a program does not change while a node runs. */
const versions = new Map<string, Promise<string>>();

export interface LaunchOptions {
  /** The environment's when absent. */
  proxy?: ForwardProxy;
  /** More of Chromium's own, after ours. */
  switches?: readonly string[];
}

/**
 * Starts one Chromium whose every byte passes the egress proxy. As root its sandbox
 * cannot start, and a page that breaks out of the renderer owns this process: in
 * production run as an ordinary user.
 */
export async function launchChromium(
  executablePath: string,
  { proxy, switches = [] }: LaunchOptions = {},
): Promise<Browser> {
  const guard = proxy ?? (await getForwardProxy());
  const client = guard.addClient();
  try {
    const browser = await chromium.launch({
      executablePath,
      chromiumSandbox: process.getuid?.() !== 0,
      timeout: 30_000,
      // The node ends its browsers itself, once it has told their clients.
      handleSIGINT: false,
      handleSIGTERM: false,
      handleSIGHUP: false,
      proxy: { server: guard.url, bypass: "<-loopback>" },
      ignoreDefaultArgs: CAPTURE_HINDRANCES,
      args: [...chromiumSwitches(await majorVersion(executablePath)), ...CAPTURE_SWITCHES, ...switches],
    });
    browser.once("disconnected", () => guard.removeClient(client));
    await guardBrowser(browser, { proxy: guard, client });
    // Ready before the first tab asks; without it no tab can be shown.
    watchTabs(browser).catch((error: unknown) =>
      getLog().warn({ err: error }, "the tabs of this Chromium cannot be captured"),
    );
    return browser;
  } catch (error) {
    guard.removeClient(client);
    throw error;
  }
}

function majorVersion(executablePath: string): Promise<string> {
  let version = versions.get(executablePath);
  if (!version) {
    version = promisify(execFile)(executablePath, ["--version"], { timeout: VERSION_MS }).then(
      ({ stdout }) => {
        const major = /(\d+)\.\d+\.\d+\.\d+/.exec(stdout)?.[1];
        if (!major) throw new Error(`${executablePath} does not tell its version.`);
        return major;
      },
    );
    versions.set(executablePath, version);
    version.catch(() => versions.delete(executablePath));
  }
  return version;
}
