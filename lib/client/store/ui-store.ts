import { createStore } from "zustand/vanilla";
import { createId } from "#lib/client/store/create-id.ts";
import type { CommandArgs } from "#lib/core/commands/registry.ts";

export type MenuEntry =
  | { type: "command"; id: string; args?: CommandArgs; label?: string }
  | { type: "separator" }
  | { type: "submenu"; label: string; entries: MenuEntry[] };

/** A menu wanted at a point or under an element. */
export interface MenuRequest {
  label: string;
  entries: MenuEntry[];
  at: { x: number; y: number } | DOMRect;
  /** Where the focus goes back to. */
  opener: Element | null;
}

export interface Toast {
  id: string;
  text: string;
  /** A command that takes it back or goes on from it. */
  action: { label: string; command: string; args?: CommandArgs } | null;
}

export interface UiState {
  /** Dialogs by name; the frame draws those it knows, other parts add theirs. */
  dialog: string | null;
  /** A small panel hanging from the toolbar, by name. */
  popover: string | null;
  menu: MenuRequest | null;
  toasts: readonly Toast[];
  /** Said by screen readers, seen nowhere. */
  announcement: string;
  /** Grows with each wish to type an address; `text` is put into the field. */
  omniboxRequest: { count: number; text: string | null };
  /** The panel whose find bar is open. */
  findPanelId: string | null;
}

export const uiStore = createStore<UiState>(() => ({
  dialog: null,
  popover: null,
  menu: null,
  toasts: [],
  announcement: "",
  omniboxRequest: { count: 0, text: null },
  findPanelId: null,
}));

let dialogOpener: Element | null = null;

/** Where the focus was when the dialog was asked for; the frame behind it has lost it since. */
export function getDialogOpener(): Element | null {
  return dialogOpener;
}

export function openDialog(name: string): void {
  if (uiStore.getState().dialog === null) dialogOpener = document.activeElement;
  uiStore.setState({ dialog: name, popover: null, menu: null });
}

export function closeDialog(): void {
  uiStore.setState({ dialog: null });
}

export function togglePopover(name: string): void {
  uiStore.setState(({ popover }) => ({ popover: popover === name ? null : name }));
}

export function openMenu(request: MenuRequest): void {
  uiStore.setState({ menu: request });
}

/** Puts the caret into the omnibox, with `text` in it, or the address selected. */
export function requestOmnibox(text: string | null = null): void {
  uiStore.setState(({ omniboxRequest }) => ({ omniboxRequest: { count: omniboxRequest.count + 1, text } }));
}

let takenCount = 0;

/** The wish to type that nobody has answered yet, once: a field that appears later must not take the focus again. */
export function takeOmniboxRequest(): { text: string | null } | null {
  const { omniboxRequest } = uiStore.getState();
  if (omniboxRequest.count === takenCount) return null;
  takenCount = omniboxRequest.count;
  return omniboxRequest;
}

const TOAST_MS = 6000;
/** Something that can be taken back stays long enough to read, decide and reach it. */
const TOAST_ACTION_MS = 12_000;

export function showToast(text: string, action: Toast["action"] = null): void {
  const toast: Toast = { id: createId(), text, action };
  uiStore.setState(({ toasts }) => ({
    toasts: [...toasts.filter((other) => other.text !== text), toast].slice(-3),
  }));
  setTimeout(() => dismissToast(toast.id), action ? TOAST_ACTION_MS : TOAST_MS);
}

export function dismissToast(id: string): void {
  uiStore.setState(({ toasts }) => ({ toasts: toasts.filter((toast) => toast.id !== id) }));
}

export function announce(text: string): void {
  uiStore.setState({ announcement: text });
}
