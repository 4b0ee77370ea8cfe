import { commands } from "#lib/client/commands/registry.ts";
import { browserStore, getSession } from "#lib/client/store/browser-store.ts";
import { canGo } from "#lib/core/space/navigation.ts";

const GUARD = "quiGuard";

/**
 * Makes the Back of the browser Qui runs in (its button, a phone's gesture, a
 * mouse's side button) go back in the active panel first. While there is somewhere
 * to go back to, a guard entry lies on top of the real history; taking it off means
 * Back. Without anywhere to go, Back leaves Qui as it would any page.
 * Returns how to stop.
 */
export function joinHostHistory(): () => void {
  const isGuarded = () => (window.history.state as Record<string, unknown> | null)?.[GUARD] === true;

  const guard = () => {
    const session = getSession();
    if (isGuarded() || !canGo(session, session.activeId, -1)) return;
    window.history.pushState({ ...window.history.state, [GUARD]: true }, "", window.location.href);
  };

  const onPopState = () => {
    if (isGuarded()) return;
    // Nothing to go back to here: this Back was meant for what came before Qui.
    if (!commands.run("page.back")) window.history.back();
    guard();
  };

  guard();
  window.addEventListener("popstate", onPopState);
  const unsubscribe = browserStore.subscribe((state, previous) => {
    if (state.session !== previous.session) guard();
  });
  return () => {
    window.removeEventListener("popstate", onPopState);
    unsubscribe();
  };
}
