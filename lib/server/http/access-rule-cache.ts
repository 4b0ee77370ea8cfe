import "server-only";
import { type AccessRuleLine, type AccessRuleSet, compileAccessRules } from "#lib/core/abuse/access-rules.ts";
import { getLog } from "#lib/node/log/log.ts";

/** How long a change made in another process may take to be seen in this one. */
const TTL_MS = 15_000;
/** The first request of a process waits this long for the rules, and no longer. */
const FIRST_LOAD_WITHIN_MS = 500;

const NO_RULES = compileAccessRules([]);

export interface AccessRuleCache {
  /** Answers at once with what is known and renews it in the background; only the very first call waits. */
  get(): AccessRuleSet | Promise<AccessRuleSet>;
  /** Call after a change: resolves once it is in force here. Until then, and where it cannot be read, the last known stay. */
  refresh(): Promise<void>;
}

export function createAccessRuleCache(options: {
  load: () => Promise<readonly AccessRuleLine[]>;
  now?: () => number;
  firstLoadWithinMs?: number;
}): AccessRuleCache {
  const { load, now = Date.now, firstLoadWithinMs = FIRST_LOAD_WITHIN_MS } = options;
  let current: AccessRuleSet | undefined;
  let freshUntilMs = 0;
  let loading: Promise<void> | undefined;
  let generation = 0;

  function renew(): Promise<void> {
    const mine = generation;
    loading ??= (async () => {
      try {
        const compiled = compileAccessRules(await load());
        if (mine === generation) current = compiled;
      } catch (error) {
        getLog().warn({ err: error }, "access rules could not be loaded; the last known ones stay in force");
      }
      if (mine !== generation) return;
      freshUntilMs = now() + TTL_MS;
      loading = undefined;
    })();
    return loading;
  }

  async function first(): Promise<AccessRuleSet> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, firstLoadWithinMs);
    });
    await Promise.race([renew(), late]);
    clearTimeout(timer);
    current ??= NO_RULES;
    return current;
  }

  return {
    get() {
      if (!current) return first();
      if (now() >= freshUntilMs) void renew();
      return current;
    },
    refresh() {
      generation += 1;
      loading = undefined;
      return renew();
    },
  };
}
