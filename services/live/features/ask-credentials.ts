import type { BrowserContext } from "playwright-core";
import { originLabel } from "#lib/core/live/origin-label.ts";
import { getQuestions } from "#services/live/features/questions.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const TRIES_MAX = 5;

/** Basic and digest sign-in of a page: asked after its first refusal, then the page is loaded again with it. */
export async function askCredentials(host: TabHost): Promise<TabPart> {
  const { cdp, context } = host;
  const questions = getQuestions(host);
  let withdrawal = new AbortController();
  let tried = { origin: "", count: 0 };
  let mainFrameId = "";

  async function ask(url: string, realm: string): Promise<void> {
    const origin = originLabel(url);
    if (tried.origin !== origin) tried = { origin, count: 0 };
    if (tried.count >= TRIES_MAX) return;
    withdrawal.abort();
    withdrawal = new AbortController();
    const answer = await questions.ask(
      { kind: "credentials", origin, realm: realm.slice(0, 200), wrong: tried.count > 0 },
      { signal: withdrawal.signal },
    );
    if (answer?.kind !== "credentials") return;
    tried.count += 1;
    const { username, password } = answer;
    await setCredentials(context, { username, password, origin });
    await cdp.send("Page.reload", {});
  }

  cdp.on("Network.responseReceived", ({ type, frameId, response }) => {
    if (type !== "Document" || frameId !== mainFrameId) return;
    if (response.status !== 401) {
      if (originLabel(response.url) === tried.origin) tried = { origin: "", count: 0 };
      return;
    }
    const header = Object.entries(response.headers).find(
      ([name]) => name.toLowerCase() === "www-authenticate",
    )?.[1];
    if (!header || !/\b(?:basic|digest)\b/i.test(header)) return;
    ask(response.url, /realm="([^"]*)"/i.exec(header)?.[1] ?? "").catch(() => {
      // The tab went elsewhere.
    });
  });

  await cdp.send("Network.enable", { maxTotalBufferSize: 0, maxResourceBufferSize: 0 });
  mainFrameId = (await cdp.send("Page.getFrameTree")).frameTree.frame.id;
  return {};
}

interface Credentials {
  username: string;
  password: string;
  origin: string;
}

/** Each context's, newest first; they are gone with it. */
const given = new WeakMap<BrowserContext, Credentials[]>();

function setCredentials(context: BrowserContext, credentials: Credentials): Promise<void> {
  const others = (given.get(context) ?? []).filter(({ origin }) => origin !== credentials.origin);
  const all = [credentials, ...others].slice(0, 20);
  given.set(context, all);
  return context.setHTTPCredentials(all);
}
