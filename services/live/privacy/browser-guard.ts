import type { Browser, CDPSession } from "playwright-core";
import type { ForwardProxy } from "#lib/node/egress/forward-proxy.ts";
import type { ForwardProxyClient } from "#lib/node/egress/forward-proxy-clients.ts";
import { getLog } from "#lib/node/log/log.ts";
import { getBrowserInsides } from "#services/live/privacy/browser-insides.ts";
import { createFrameOwners } from "#services/live/privacy/frame-owners.ts";
import { guardWebSockets } from "#services/live/privacy/guard-websockets.ts";
import type { Credentials, GuardedTab } from "#services/live/privacy/guarded-tab.ts";
import { type PausedRequest, settleRequest } from "#services/live/privacy/settle-request.ts";
import { uniformCores } from "#services/live/privacy/uniform-cores.ts";

/**
 * What stands between a browser's pages and the proxy. One session of the browser's
 * own sees each request of every document and worker in it, whichever process that
 * lives in, before it leaves.
 */
export interface BrowserGuard {
  readonly proxy: ForwardProxy;
  /** @param targetId Of the tab's page. */
  addTab(targetId: string, tab: GuardedTab): void;
  removeTab(targetId: string): void;
  /** A frame that the browser does not announce by itself, since it shares its parent's process. */
  addFrame(frameId: string, parentId: string): void;
  removeFrame(frameId: string): void;
}

const guards = new WeakMap<Browser, BrowserGuard>();

/** @throws when the browser was not started by `launchChromium`. */
export function getBrowserGuard(browser: Browser | null): BrowserGuard {
  const guard = browser && guards.get(browser);
  if (!guard) throw new Error("This browser has no guard.");
  return guard;
}

export async function guardBrowser(
  browser: Browser,
  { proxy, client }: { proxy: ForwardProxy; client: ForwardProxyClient },
): Promise<void> {
  const owners = createFrameOwners();
  const insides = getBrowserInsides(browser);
  if (insides) uniformCores(insides);
  client.watch = guardWebSockets(insides, owners);
  const session = await browser.newBrowserCDPSession();
  /** Questions of the same request, which is asked again after a wrong answer. */
  const attempts = new Map<string, number>();

  session.on("Target.targetCreated", ({ targetInfo }) => owners.addTarget(targetInfo));
  session.on("Target.targetDestroyed", ({ targetId }) => owners.remove(targetId));
  session.on("Fetch.requestPaused", (event: PausedRequest) => {
    for (const source of ["Proxy", "Server"]) attempts.delete(`${event.requestId} ${source}`);
    settleRequest(event, { session, owners }).catch((error: unknown) => {
      // A request that nobody settles would wait for ever.
      drop(session, event.requestId);
      getLog().warn({ err: error }, "a request of a live page could not be judged");
    });
  });
  session.on("Fetch.authRequired", (event) => {
    const { requestId, authChallenge, frameId } = event;
    const answer = (credentials: Credentials | null) =>
      session
        .send("Fetch.continueWithAuth", {
          requestId,
          authChallengeResponse: credentials
            ? { response: "ProvideCredentials", ...credentials }
            : { response: "CancelAuth" },
        })
        .catch(() => {
          // The request or the browser is gone.
        });
    // The proxy asks first; its question is none of the site's.
    const key = `${requestId} ${authChallenge.source}`;
    const attempt = (attempts.get(key) ?? 0) + 1;
    attempts.set(key, attempt);
    if (authChallenge.source === "Proxy") {
      const { username, password } = client;
      void answer(attempt > 2 ? null : { username, password });
      return;
    }
    const ask = owners.find(frameId, event.request.headers.Referer)?.askCredentials;
    if (!ask) {
      void answer(null);
      return;
    }
    const { origin, realm } = authChallenge;
    ask({ origin, realm: realm.slice(0, 200), attempt }).then(answer, () => answer(null));
  });
  await session.send("Target.setDiscoverTargets", {
    discover: true,
    filter: [{ type: "page" }, { type: "iframe" }, { type: "worker" }],
  });
  await session.send("Fetch.enable", { handleAuthRequests: true, patterns: [{ urlPattern: "*" }] });

  guards.set(browser, {
    proxy,
    addTab: owners.addTab,
    removeTab: owners.remove,
    addFrame: owners.addFrame,
    removeFrame: owners.remove,
  });
}

function drop(session: CDPSession, requestId: string): void {
  session.send("Fetch.failRequest", { requestId, errorReason: "Failed" }).catch(() => {
    // It was settled after all, or is gone.
  });
}
