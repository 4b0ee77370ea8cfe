import { toKeyEvent } from "#lib/core/live/key-event.ts";
import { within } from "#services/live/browser/within.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

/** A page that does not answer holds an edit of a phone's keyboard up for this long at most. */
const EDIT_WAIT_MS = 500;
/** Keys that wait behind such an edit; more are dropped, as a page that is stuck would drop them. */
const WAITING_MAX = 500;
/** A page that is stuck holds up what needs its keys to have arrived for this long at most. */
const ARRIVAL_MS = 500;

const newest = new WeakMap<TabHost, Promise<unknown>>();

/** Resolves once the page has had every key so far. Never throws. */
export async function keysArrived(host: TabHost): Promise<void> {
  const sent = newest.get(host);
  if (!sent) return;
  await within(sent, ARRIVAL_MS, "a key").catch(() => {
    // It is stuck or gone, and whoever waits finds out.
  });
}

/**
 * Keys and text, handed to the page as they come and without awaiting an answer. Only an edit
 * of the field's mirror needs one, as the page must have selected the range before the text
 * replaces it; what is typed meanwhile follows in its order.
 */
export async function dispatchKeys(host: TabHost): Promise<TabPart> {
  const { cdp } = host;
  const world = await getPageWorld(host);
  const waiting: (() => void)[] = [];
  let isEditing = false;

  const ignore = (sent: Promise<unknown>) => {
    newest.set(host, sent);
    sent.catch(() => {
      // The page is gone; its own event ends the tab.
    });
  };
  const insert = (text: string) => ignore(cdp.send("Input.insertText", { text }));

  function inOrder(act: () => void): void {
    if (!isEditing) act();
    else if (waiting.length < WAITING_MAX) waiting.push(act);
  }

  function edit({ from, to, text }: { from: number; to: number; text: string }): void {
    isEditing = true;
    void world
      .callFocused({ name: "selectRange", args: [from, to] }, EDIT_WAIT_MS)
      .catch(() => false)
      .then(() => {
        if (text) insert(text);
        else if (to > from) ignore(cdp.send("Input.dispatchKeyEvent", backspace("rawKeyDown")));
        if (!text && to > from) ignore(cdp.send("Input.dispatchKeyEvent", backspace("keyUp")));
        isEditing = false;
        while (!isEditing) {
          const next = waiting.shift();
          if (!next) return;
          next();
        }
      });
  }

  return {
    handle(message) {
      switch (message.type) {
        case "key":
          inOrder(() => ignore(cdp.send("Input.dispatchKeyEvent", toKeyEvent(message))));
          return;
        case "text":
          inOrder(() => insert(message.text));
          return;
        case "compose": {
          const { text, selectionStart, selectionEnd } = message;
          inOrder(() => ignore(cdp.send("Input.imeSetComposition", { text, selectionStart, selectionEnd })));
          return;
        }
        case "edit":
          inOrder(() => edit(message));
      }
    },
  };
}

function backspace(type: "rawKeyDown" | "keyUp") {
  return {
    ...toKeyEvent({
      kind: "down",
      key: "Backspace",
      code: "Backspace",
      location: 0,
      repeat: false,
      modifiers: { alt: false, ctrl: false, meta: false, shift: false },
    }),
    type,
  };
}
