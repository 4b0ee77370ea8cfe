import { commands, getPlatform, isInstalled } from "#lib/client/commands/registry.ts";
import { copyFromPage } from "#lib/client/live/input/clipboard.ts";
import type { FieldMirror } from "#lib/client/live/input/mirror-field.ts";
import type { LiveTab, LiveTabInput } from "#lib/client/live/live-tab.ts";
import { clipboardWish, isQuiShortcut, type RemoteKey, remoteKey } from "#lib/core/live/key-input.ts";

const TEXT_MAX = 500_000;
const MODIFIERS = new Set(["Shift", "Control", "Alt", "Meta", "AltGraph", "CapsLock"]);

export interface SendKeysOptions {
  tab: LiveTab;
  /** Holds the fields that have the focus while the page has the keys. */
  root: HTMLElement;
  mirror: FieldMirror;
  onFiles: (pasted: PastedFiles) => void;
}

/** A picture that was copied on a page comes with its markup. */
export interface PastedFiles {
  files: readonly File[];
  text: string;
  html: string;
}

/**
 * Keys pressed while the page has the focus go to it, except those that a browser
 * keeps for itself. What a keyboard on glass or an input method makes goes by the
 * mirror. Returns how to stop; keys still held are let go then.
 */
export function sendKeys({ tab, root, mirror, onFiles }: SendKeysOptions): () => void {
  const abort = new AbortController();
  const held = new Map<string, RemoteKey>();
  const platform = getPlatform();

  const send = (kind: "down" | "up", remote: RemoteKey, repeat: boolean) => {
    const message: Extract<LiveTabInput, { type: "key" }> = { type: "key", kind, ...remote, repeat };
    tab.send(message);
  };
  const letGo = () => {
    for (const remote of held.values()) send("up", remote, false);
    held.clear();
  };

  function onKeyDown(event: KeyboardEvent): void {
    // An input method has the key; 229 is how it says so where `isComposing` comes late.
    if (event.isComposing || event.keyCode === 229) return;
    // Without a page behind the picture they would be lost, and with Tab the way to what is said about that.
    if (!hasPage(tab)) return;
    const press = {
      key: event.key,
      code: event.code,
      location: event.location,
      altKey: event.altKey,
      ctrlKey: event.ctrlKey,
      metaKey: event.metaKey,
      shiftKey: event.shiftKey,
      altGraph: event.getModifierState("AltGraph"),
      isComposing: false,
    };
    const match = commands.match(press, { platform, installed: isInstalled(), editing: true });
    if (match && isQuiShortcut(match.command)) return;
    const wish = clipboardWish(press, platform);
    if (wish === "paste") return;
    if (wish) {
      event.preventDefault();
      void copyFromPage(tab, wish === "cut");
      return;
    }
    const isShortcut = press.ctrlKey || press.metaKey || press.altKey;
    if (mirror.isMirroring() && !isShortcut && mirror.canEdit(press.key)) return;
    const remote = remoteKey(press, platform);
    if (!remote) return;
    event.preventDefault();
    held.set(event.code || event.key, remote);
    send("down", remote, event.repeat);
    if (!MODIFIERS.has(press.key)) mirror.unsettle();
  }

  function onKeyUp(event: KeyboardEvent): void {
    const name = event.code || event.key;
    const remote = held.get(name);
    if (remote) {
      held.delete(name);
      send("up", { ...remote, modifiers: modifiersAfter(remote, event) }, false);
    }
    // While Command is held a Mac tells of no other key being let go.
    if (platform === "mac" && event.key === "Meta") letGo();
  }

  function onPaste(event: ClipboardEvent): void {
    event.preventDefault();
    const { clipboardData } = event;
    const files = [...(clipboardData?.files ?? [])];
    const text = clipboardData?.getData("text/plain").slice(0, TEXT_MAX) ?? "";
    const html = clipboardData?.getData("text/html").slice(0, TEXT_MAX) ?? "";
    if (files.length > 0) onFiles({ files, text, html });
    else if (text || html) tab.send({ type: "paste", text, html });
  }

  const { signal } = abort;
  root.addEventListener("keydown", onKeyDown, { signal });
  root.addEventListener("keyup", onKeyUp, { signal });
  root.addEventListener("paste", onPaste, { signal });
  root.addEventListener("focusout", letGo, { signal });
  window.addEventListener("blur", letGo, { signal });
  return () => {
    abort.abort();
    letGo();
  };
}

function hasPage(tab: LiveTab): boolean {
  const { status, loadFailure } = tab.store.getState();
  return status.kind === "open" && loadFailure === null;
}

/** A key that is let go is told with what is held then, in the page's own terms. */
function modifiersAfter(remote: RemoteKey, event: KeyboardEvent): RemoteKey["modifiers"] {
  const { modifiers } = remote;
  const isCommand = modifiers.ctrl && !event.ctrlKey ? event.metaKey : event.ctrlKey;
  return {
    alt: modifiers.alt && event.altKey,
    ctrl: modifiers.ctrl && isCommand,
    meta: modifiers.meta && event.metaKey,
    shift: event.shiftKey,
  };
}
