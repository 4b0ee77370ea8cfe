import { originLabel } from "#lib/core/live/origin-label.ts";
import type { LivePermission } from "#lib/protocol/live.ts";
import { getPermissionGrants } from "#services/live/features/permission-grants.ts";
import { type Answer, getQuestions } from "#services/live/features/questions.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld, type WorldFrame } from "#services/live/world/page-world.ts";

/** Whoever says nothing for so long has said no. */
const ANSWER_MS = 60_000;
/** Words of one page to the person, of each kind, in one minute. */
const NOTICES_MAX = 6;
const NOTICES_MS = 60_000;

interface Said {
  ok: boolean;
  text?: string;
}
const NO: Said = { ok: false };

/**
 * What a page wants of a device: asked of the person where a yes can mean something, and denied
 * otherwise, with a word that it was wanted. Nothing of the visitor's own device answers.
 */
export async function askPermissions(host: TabHost): Promise<TabPart> {
  const { page, cdp, emit } = host;
  const world = await getPageWorld(host);
  const grants = await getPermissionGrants(host);
  const questions = getQuestions(host);
  const waiting = new Map<string, Promise<Said>>();
  /** Allowed for this visit of the page alone. */
  let once: [origin: string, permission: LivePermission][] = [];
  let withdrawal = new AbortController();
  let notices = { since: 0, count: 0 };
  const told = new Set<string>();

  async function take(origin: string, permission: LivePermission, answer: Answer | null): Promise<Said> {
    if (answer?.kind === "deny") {
      await grants.refuse(origin, permission);
      return NO;
    }
    if (answer?.kind !== "allow" || (permission === "geolocation" && !answer.place)) {
      await grants.dismiss(origin, permission);
      return NO;
    }
    // Chromium's own clipboard is shared by all tabs: it stays closed, and each reading is asked for.
    if (permission === "clipboard-read") return { ok: true, text: answer.text ?? "" };
    await grants.allow(origin, permission, answer.place);
    if (answer.keep === "once") once.push([origin, permission]);
    return { ok: true };
  }

  async function ask(permission: LivePermission): Promise<Said> {
    const { origin = "", protocol = "" } = URL.parse(page.url()) ?? {};
    if (!/^https?:$/.test(protocol) || !grants.mayAsk(origin, permission)) return NO;
    const signal = AbortSignal.any([withdrawal.signal, AbortSignal.timeout(ANSWER_MS)]);
    const question = { kind: "permission", origin: originLabel(page.url()), permission } as const;
    const answer = await questions.ask(question, { signal });
    return take(origin, permission, answer);
  }

  async function settle(frame: WorldFrame, id: number, permission: LivePermission): Promise<void> {
    // A page that asks twice while the person thinks is asking once.
    const asked = waiting.get(permission) ?? ask(permission).finally(() => waiting.delete(permission));
    waiting.set(permission, asked);
    const said = await asked.catch(() => NO);
    // Not through the world's own way of calling, which counts as a press of the person's.
    await frame.session.send("Runtime.evaluate", {
      expression: `qui.call("answerPage", ${JSON.stringify([id, said])})`,
      contextId: frame.contextId,
    });
  }

  function mayNotify(): boolean {
    if (Date.now() - notices.since > NOTICES_MS) notices = { since: Date.now(), count: 0 };
    notices.count += 1;
    return notices.count <= NOTICES_MAX;
  }

  world.listen((report, frame) => {
    const origin = originLabel(page.url());
    if (report.kind === "asks") {
      settle(frame, report.id, report.permission).catch(() => {
        // The page went on without an answer.
      });
    } else if (report.kind === "notifies") {
      const { title, body } = report;
      const isAllowed = grants.isAllowed(URL.parse(page.url())?.origin ?? "", "notifications");
      if (isAllowed && mayNotify())
        emit({ type: "notice", origin, notice: { kind: "notification", title, body } });
    } else if (report.kind === "refused" && !told.has(report.device)) {
      told.add(report.device);
      emit({ type: "notice", origin, notice: { kind: "refused", device: report.device } });
    }
  });

  /** The visit is over, and what was asked or allowed for it. */
  async function leave(): Promise<void> {
    withdrawal.abort();
    withdrawal = new AbortController();
    told.clear();
    const over = once;
    once = [];
    await Promise.all(over.map(([origin, permission]) => grants.takeBack(origin, permission)));
  }
  cdp.on("Page.frameNavigated", ({ frame }) => {
    if (frame.parentId !== undefined) return;
    leave().catch(() => {
      // The browser is gone, and what it had allowed with it.
    });
  });
  return { dispose: leave };
}
