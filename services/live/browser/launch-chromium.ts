import { type Browser, chromium } from "playwright-core";

/**
 * Starts one Chromium. As root its sandbox cannot start, and a page that breaks out
 * of the renderer owns this process: in production run as an ordinary user.
 */
export function launchChromium(executablePath: string): Promise<Browser> {
  return chromium.launch({
    executablePath,
    chromiumSandbox: process.getuid?.() !== 0,
    timeout: 30_000,
    // The node ends its browsers itself, once it has told their clients.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
    args: [
      "--disable-quic",
      "--no-first-run",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
    ],
  });
}
