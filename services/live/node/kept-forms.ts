import type { FormState } from "#services/live/world/page-report.ts";

/** What was typed into tabs that were lost, for as long as their clients may open them again. */
export interface KeptForms {
  /** @param digest Of the tab's newest resume key, which the client still has. */
  keep(digest: string, kept: { account: string; form: FormState }): void;
  /** What the key's tab held; once, and for its own account alone. */
  take(digest: string, account: string): FormState | null;
}

/** As long as a tab that nobody sees is left open. */
const KEPT_MS = 60 * 60_000;
/** Of all accounts together, the oldest going first: at most some 40 MB. */
const FORMS_MAX = 200;

/** In memory alone, so that nothing of it outlives the node. */
export function createKeptForms(): KeptForms {
  const forms = new Map<string, { account: string; form: FormState; timer: NodeJS.Timeout }>();

  function drop(digest: string): void {
    clearTimeout(forms.get(digest)?.timer);
    forms.delete(digest);
  }

  return {
    keep(digest, { account, form }) {
      drop(digest);
      const oldest = forms.size >= FORMS_MAX ? forms.keys().next().value : undefined;
      if (oldest !== undefined) drop(oldest);
      const timer = setTimeout(() => drop(digest), KEPT_MS).unref();
      forms.set(digest, { account, form, timer });
    },
    take(digest, account) {
      const kept = forms.get(digest);
      if (kept?.account !== account) return null;
      drop(digest);
      return kept.form;
    },
  };
}
