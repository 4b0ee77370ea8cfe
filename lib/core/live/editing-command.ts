import type { LiveModifiers } from "#lib/protocol/live.ts";

/**
 * The editing command of a shortcut, by Chromium's own name; null when it is none.
 * Copy, cut and paste are not among them: Chromium's clipboard is one for everybody
 * on a node, so those three go over the visitor's own.
 */
export function editingCommand({ key, modifiers }: { key: string; modifiers: LiveModifiers }): string | null {
  const { ctrl, shift, alt, meta } = modifiers;
  if (!ctrl || alt || meta) return null;
  const name = key.length === 1 ? key.toLowerCase() : key;
  return (shift ? WITH_SHIFT : PLAIN)[name] ?? null;
}

const PLAIN: Record<string, string> = {
  a: "selectAll",
  z: "undo",
  y: "redo",
  b: "toggleBold",
  i: "toggleItalic",
  u: "toggleUnderline",
};

const WITH_SHIFT: Record<string, string> = { z: "redo" };
