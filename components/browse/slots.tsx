/**
 * Places of the frame that other parts of Qui fill. Each is one component, so that
 * filling it is one line here and nothing in the frame.
 */

/** Below the heading of an empty tab: top sites, the reading list. */
export function NewTabSlot() {
  return null;
}

/** At the end of the toolbar, before the menu: the library, downloads under way. */
export function ToolbarSlot() {
  return null;
}

/** In the address field of a page: the star of bookmarks. */
export function AddressSlot(_props: { panelId: string }) {
  return null;
}

/** Dialogs and sheets of other parts, opened by `openDialog(name)`; null when the name is not theirs. */
export function DialogSlot(_props: { name: string; onClose: () => void }) {
  return null;
}

/** At the end of the settings: what is stored on the device, installing. */
export function SettingsSlot() {
  return null;
}
