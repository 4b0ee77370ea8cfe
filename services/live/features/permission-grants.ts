import type { Browser, BrowserContext, CDPSession } from "playwright-core";
import type { LivePermission } from "#lib/protocol/live.ts";
import { within } from "#services/live/browser/within.ts";
import type { TabHost } from "#services/live/tab/tab-host.ts";

/** Questions that a person waved away; after these a site is not allowed another one. */
const DISMISSED_MAX = 3;
const ANSWER_MS = 10_000;
/** What a place is rounded to, and how sure the page is told to be of it: about ten kilometres. */
const PLACE_STEPS_PER_DEGREE = 10;
const PLACE_ACCURACY_M = 10_000;

export interface Place {
  latitude: number;
  longitude: number;
}

/**
 * What the person behind a context has allowed its sites. Chromium holds the states, so
 * that `navigator.permissions` and the functions agree; all of it ends with the context.
 */
export interface PermissionGrants {
  mayAsk(origin: string, permission: LivePermission): boolean;
  isAllowed(origin: string, permission: LivePermission): boolean;
  allow(origin: string, permission: LivePermission, place?: Place): Promise<void>;
  dismiss(origin: string, permission: LivePermission): Promise<void>;
  refuse(origin: string, permission: LivePermission): Promise<void>;
  /** The time it was allowed for is over: the site may ask again. */
  takeBack(origin: string, permission: LivePermission): Promise<void>;
}

const sessions = new WeakMap<Browser, Promise<CDPSession>>();
const byContext = new WeakMap<BrowserContext, Promise<PermissionGrants>>();

export function getPermissionGrants(host: TabHost): Promise<PermissionGrants> {
  let grants = byContext.get(host.context);
  if (!grants) {
    grants = createGrants(host);
    byContext.set(host.context, grants);
  }
  return grants;
}

function browserSession(browser: Browser): Promise<CDPSession> {
  let session = sessions.get(browser);
  if (!session) {
    session = within(browser.newBrowserCDPSession(), ANSWER_MS, "a browser's session");
    sessions.set(browser, session);
  }
  return session;
}

async function createGrants({ cdp, context }: TabHost): Promise<PermissionGrants> {
  const browser = context.browser();
  if (!browser) throw new Error("A context without a browser has no permissions.");
  const session = await browserSession(browser);
  const { targetInfo } = await cdp.send("Target.getTargetInfo");
  const { browserContextId } = targetInfo;
  const dismissals = new Map<string, number>();
  const settled = new Map<string, "granted" | "denied">();
  const keyOf = (origin: string, permission: LivePermission) => `${permission} ${origin}`;

  async function set(
    name: LivePermission,
    setting: "granted" | "denied" | "prompt",
    origin?: string,
  ): Promise<void> {
    const sent = session.send("Browser.setPermission", {
      permission: { name },
      setting,
      ...(origin ? { origin } : {}),
      ...(browserContextId ? { browserContextId } : {}),
    });
    await within(sent, ANSWER_MS, "a permission");
  }

  // Chromium by itself keeps the first refusal of a question nobody saw for good.
  for (const name of ["geolocation", "notifications"] as const) await set(name, "prompt");

  async function refuse(origin: string, permission: LivePermission): Promise<void> {
    settled.set(keyOf(origin, permission), "denied");
    await set(permission, "denied", origin);
  }

  return {
    mayAsk: (origin, permission) => !settled.has(keyOf(origin, permission)),
    isAllowed: (origin, permission) => settled.get(keyOf(origin, permission)) === "granted",
    async allow(origin, permission, place) {
      if (place) {
        const [latitude, longitude] = [rounded(place.latitude), rounded(place.longitude)];
        const told = context.setGeolocation({ latitude, longitude, accuracy: PLACE_ACCURACY_M });
        await within(told, ANSWER_MS, "a place");
      }
      settled.set(keyOf(origin, permission), "granted");
      await set(permission, "granted", origin);
    },
    async dismiss(origin, permission) {
      const key = keyOf(origin, permission);
      const count = (dismissals.get(key) ?? 0) + 1;
      dismissals.set(key, count);
      if (count >= DISMISSED_MAX) await refuse(origin, permission);
    },
    refuse,
    async takeBack(origin, permission) {
      if (!settled.delete(keyOf(origin, permission))) return;
      await set(permission, "prompt", origin);
    },
  };
}

function rounded(degrees: number): number {
  return Math.round(degrees * PLACE_STEPS_PER_DEGREE) / PLACE_STEPS_PER_DEGREE;
}
