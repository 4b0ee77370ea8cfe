import type { TextEntryState } from "#lib/client/room/text-entry.ts";
import type { KeyboardFace } from "#lib/client/xr/keyboard-core.ts";
import { chromeTheme } from "#lib/core/room-ui/chrome-theme.ts";
import type { RoomSettings } from "#lib/core/room-ui/room-settings.ts";

/** What the keyboard draws, from what is typed and how the room is set. */
export function readKeyboardFace(entry: TextEntryState, settings: RoomSettings): KeyboardFace {
  const { keyboard, purpose, dictation } = entry;
  return {
    view: {
      language: keyboard.language,
      layer: keyboard.layer,
      shift: keyboard.shift,
      purpose,
      dictation,
    },
    strip: stripOf(entry),
    theme: chromeTheme(settings.roomTheme, settings.highContrast),
  };
}

let last: { entry: TextEntryState; strip: KeyboardFace["strip"] } | null = null;

/** The same object while nothing in it changed, so that a press of Shift does not paint the text again. */
function stripOf(entry: TextEntryState): KeyboardFace["strip"] {
  if (last && isSame(last.entry, entry)) return last.strip;
  const { caret, selection, composition, label, suggestions } = entry;
  const text = entry.secret ? "•".repeat(entry.text.length) : entry.text;
  last = { entry, strip: { text, caret, selection, composition, label, suggestions } };
  return last.strip;
}

function isSame(before: TextEntryState, entry: TextEntryState): boolean {
  return (
    before.text === entry.text &&
    before.caret === entry.caret &&
    before.selection === entry.selection &&
    before.composition === entry.composition &&
    before.label === entry.label &&
    before.secret === entry.secret &&
    before.suggestions === entry.suggestions
  );
}
