import { requestTextEntry } from "#lib/client/room/text-entry.ts";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { requestOmnibox } from "#lib/client/store/ui-store.ts";
import { activatePanel } from "#lib/core/space/panels.ts";

/** Lets the person type an address, words to search or a command for a panel: in the page's field, or on the keyboard in a session. */
export function editAddress(panelId: string): void {
  if (getSession().activeId !== panelId) updateSession((session) => activatePanel(session, panelId));
  requestOmnibox();
}

/** Asks for the words to find in a page. `onChange` follows what is typed; Enter goes to the next match. */
export function askFindWords(
  panelId: string,
  text: string,
  { onChange, onEnter }: { onChange: (words: string) => void; onEnter: () => void },
): void {
  requestTextEntry({
    purpose: "find",
    label: "Find in page",
    text,
    panelId,
    staysOpen: true,
    onChange,
    onSubmit: onEnter,
  });
}
