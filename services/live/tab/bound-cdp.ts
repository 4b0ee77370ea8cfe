import type { CDPSession } from "playwright-core";
import { within } from "#services/live/browser/within.ts";
import { liveInputSeconds } from "#services/live/node/live-metrics.ts";
import { getLayoutTurns } from "#services/live/tab/layout-turns.ts";

const ANSWER_MS = 30_000;
/** These wait for a site or for a large document. */
const SLOW_MS = 120_000;
const SLOW = new Set(["Page.navigate", "Page.navigateToHistoryEntry", "Page.printToPDF", "Page.reload"]);

/** Bounds every call of a session in time: a renderer that hangs never answers. Input is timed on the way. */
export function boundCdp(session: CDPSession): CDPSession {
  const send = session.send.bind(session) as (method: string, params?: object) => Promise<unknown>;
  const turns = getLayoutTurns(session);
  const bounded = (method: string, params?: object) => {
    const sent = send(method, params);
    const answer = within(sent, SLOW.has(method) ? SLOW_MS : ANSWER_MS, method);
    if (method === "Page.captureScreenshot") {
      turns.sent(answer);
      turns.shot(sent);
    }
    if (method.startsWith("Input.dispatch")) {
      turns.sent(answer);
      const stop = liveInputSeconds.startTimer();
      answer.then(
        () => stop(),
        () => {
          // Whoever sent it deals with the failure; here only the time of a success counts.
        },
      );
    }
    return answer;
  };
  session.send = bounded as CDPSession["send"];
  return session;
}
