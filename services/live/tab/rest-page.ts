import type { CDPSession } from "playwright-core";

export interface PageRest {
  freeze(): void;
  /** What was halted goes on where it was. */
  thaw(): void;
}

/**
 * Stops a page that nobody sees: no timer, no answer and no event runs until it is woken. The lifecycle state is
 * what Chromium has for this; it takes no effect on pages that are made to believe they have the focus, as every
 * page of Playwright's is, so the debugger halts the page's thread as well.
 */
export function createPageRest(cdp: CDPSession): PageRest {
  let isFrozen = false;

  async function halt(): Promise<void> {
    // A pause passes the page's thread by, and would find the debugger off.
    await cdp.send("Debugger.enable");
    if (isFrozen) await cdp.send("Debugger.pause");
  }

  return {
    freeze() {
      isFrozen = true;
      ignore(cdp.send("Page.setWebLifecycleState", { state: "frozen" }));
      ignore(halt());
    },
    thaw() {
      isFrozen = false;
      ignore(cdp.send("Debugger.disable"));
      ignore(cdp.send("Page.setWebLifecycleState", { state: "active" }));
    },
  };
}

function ignore(sent: Promise<unknown>): void {
  sent.catch(() => {
    // The page is gone; its own event ends the tab.
  });
}
