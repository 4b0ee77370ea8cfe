import { commands, getPlatform, isInstalled } from "#lib/client/commands/registry.ts";

const TEXT_FIELD =
  'input:not([type="range"]):not([type="checkbox"]):not([type="radio"]), textarea, select, [contenteditable="true"]';

/**
 * Runs commands by their keys. Listens where events end, so that whatever handles a
 * key first (a menu, a dialog, the omnibox) can keep it by `preventDefault`.
 * Returns how to stop.
 */
export function listenShortcuts(): () => void {
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.defaultPrevented) return;
    const target = event.target instanceof Element ? event.target : null;
    const inDialog = target?.closest('[role="dialog"], [role="alertdialog"], [role="menu"]');
    const press = {
      key: event.key,
      code: event.code,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      altKey: event.altKey,
      shiftKey: event.shiftKey,
      altGraph: event.getModifierState("AltGraph"),
      isComposing: event.isComposing,
    };
    const editing = target?.matches(TEXT_FIELD) ?? false;
    const match = commands.match(press, { platform: getPlatform(), installed: isInstalled(), editing });
    // A dialog is a closed room: what is behind it does not move meanwhile.
    if (!match || (inDialog && match.command.group !== "Qui")) return;
    event.preventDefault();
    commands.run(match.command.id, match.args);
  };
  window.addEventListener("keydown", onKeyDown);
  return () => window.removeEventListener("keydown", onKeyDown);
}
