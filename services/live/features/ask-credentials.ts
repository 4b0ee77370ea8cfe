import { getQuestions } from "#services/live/features/questions.ts";
import { getGuardedTab } from "#services/live/privacy/guard-tab.ts";
import type { AuthChallenge, Credentials } from "#services/live/privacy/guarded-tab.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const TRIES_MAX = 5;

/** A site's own sign-in (RFC 9110 §11): the request waits while the person is asked. */
export function askCredentials(host: TabHost): TabPart {
  const questions = getQuestions(host);
  /** A page asks for many things at once; the person is asked once for them all. */
  const waiting = new Map<string, Promise<Credentials | null>>();
  let withdrawal = new AbortController();

  async function ask({ origin, realm, attempt }: AuthChallenge): Promise<Credentials | null> {
    if (attempt > TRIES_MAX) return null;
    const answer = await questions.ask(
      { kind: "credentials", origin, realm, wrong: attempt > 1 },
      { signal: withdrawal.signal },
    );
    return answer?.kind === "credentials" ? { username: answer.username, password: answer.password } : null;
  }

  const tab = getGuardedTab(host);
  if (tab) {
    tab.askCredentials = (challenge) => {
      const key = `${challenge.origin} ${challenge.realm} ${challenge.attempt}`;
      const asked = waiting.get(key) ?? ask(challenge).finally(() => waiting.delete(key));
      waiting.set(key, asked);
      return asked;
    };
  }

  return {
    handle(message) {
      // Whoever goes elsewhere does not want in.
      if (message.type !== "navigate") return;
      withdrawal.abort();
      withdrawal = new AbortController();
    },
    dispose: () => withdrawal.abort(),
  };
}
