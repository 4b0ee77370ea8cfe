import type { CDPSession } from "playwright-core";

/**
 * Stops a page that nobody sees: no timer, no answer and no event runs until it is woken. The lifecycle state is
 * what Chromium has for this; it takes no effect on pages that are made to believe they have the focus, as every
 * page of Playwright's is, so the debugger halts the page's thread as well.
 */
export function freezePage(cdp: CDPSession): void {
  sendAll(cdp.send("Page.setWebLifecycleState", { state: "frozen" }), cdp.send("Debugger.enable"));
  sendAll(cdp.send("Debugger.pause"));
}

/** What was halted goes on where it was. */
export function thawPage(cdp: CDPSession): void {
  sendAll(cdp.send("Debugger.disable"), cdp.send("Page.setWebLifecycleState", { state: "active" }));
}

function sendAll(...sent: Promise<unknown>[]): void {
  for (const answer of sent) {
    answer.catch(() => {
      // The page is gone; its own event ends the tab.
    });
  }
}
