import { getPlatform } from "#lib/client/commands/registry.ts";
import { openLiveMenu } from "#lib/client/live/features/open-live-menu.ts";
import { uploadFile, whyNotSent } from "#lib/client/live/features/upload-file.ts";
import { mirrorField } from "#lib/client/live/input/mirror-field.ts";
import { pagePoint } from "#lib/client/live/input/page-point.ts";
import { sendDrops } from "#lib/client/live/input/send-drops.ts";
import { type PastedFiles, sendKeys } from "#lib/client/live/input/send-keys.ts";
import { sendMouse } from "#lib/client/live/input/send-mouse.ts";
import { sendTouch } from "#lib/client/live/input/send-touch.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { getPagePanel, updateSession } from "#lib/client/store/browser-store.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import { setZoom } from "#lib/core/space/navigation.ts";

export interface BindLiveInputOptions {
  tab: LiveTab;
  /** Around all of it; what happens in it goes to the page. */
  root: HTMLElement;
  /** Shows the picture. */
  surface: HTMLElement;
  area: HTMLTextAreaElement;
  line: HTMLInputElement;
  /** Whether the focus was walked here by keys, so that one needs to be told where it is. */
  onRing: (shown: boolean) => void;
}

export interface LiveInput {
  focus(): void;
  dispose(): void;
}

/** What takes the focus from one part of the window to the next. */
const WALKING_KEYS = new Set(["Tab", "F6"]);

/** Binds mouse, fingers, keys and drags of a panel to its live page. */
export function bindLiveInput(options: BindLiveInputOptions): LiveInput {
  const { tab, root, surface, area, line, onRing } = options;
  const abort = new AbortController();
  const { signal } = abort;
  let isTouch = matchMedia("(pointer: coarse)").matches;
  let isWalking = false;

  const mirror = mirrorField({ tab, area, line, isTouch: () => isTouch });
  const stops = [
    sendMouse(tab, surface, { isMac: getPlatform() === "mac" }),
    sendTouch(tab, surface, {
      isMobile: () => getPagePanel(tab.panelId)?.state.mode === "mobile",
      onTap() {
        mirror.unsettle();
        mirror.focus();
      },
      onLongPress: (finger) =>
        void openLiveMenu(tab, {
          at: { x: finger.clientX, y: finger.clientY },
          point: pagePoint(tab, surface, finger),
          opener: document.activeElement,
        }),
      onPinch: (scale, phase) => pinch(tab, surface, scale, phase),
    }),
    sendKeys({ tab, root, mirror, onFiles: (pasted) => void pasteFiles(tab, pasted, signal) }),
    sendDrops(tab, surface),
  ];

  surface.addEventListener(
    "pointerdown",
    (event) => {
      isTouch = event.pointerType === "touch";
      onRing(false);
      if (!isTouch) mirror.focus();
    },
    { signal },
  );
  // What a press does by itself would take the focus away from the hidden field.
  surface.addEventListener("mousedown", (event) => event.preventDefault(), { signal });
  // An address that was typed or a question that was answered brings the focus too, and nobody has to look for it.
  window.addEventListener(
    "keydown",
    ({ key }) => {
      isWalking = WALKING_KEYS.has(key) || (isWalking && key === "Shift");
    },
    { signal, capture: true },
  );
  window.addEventListener(
    "pointerdown",
    () => {
      isWalking = false;
    },
    { signal, capture: true },
  );
  const isWithin = ({ relatedTarget }: FocusEvent) => root.contains(relatedTarget as Node | null);
  root.addEventListener("focusin", (event) => !isWithin(event) && onRing(isWalking && !isTouch), { signal });
  root.addEventListener("focusout", (event) => !isWithin(event) && onRing(false), { signal });

  return {
    focus: mirror.focus,
    dispose() {
      abort.abort();
      mirror.dispose();
      for (const stop of stops) stop();
    },
  };
}

const FILES_MAX = 32;

/** Pasted files are sent to the node first; the page gets them with the event of pasting, beside words and markup. */
async function pasteFiles(
  tab: LiveTab,
  { files, text, html }: PastedFiles,
  signal: AbortSignal,
): Promise<void> {
  const uploads: string[] = [];
  for (const file of files.slice(0, FILES_MAX)) {
    try {
      uploads.push(await uploadFile(tab, file, { onProgress: () => {}, signal }));
    } catch (error) {
      if (!signal.aborted) showToast(whyNotSent(error, file.name));
      return;
    }
  }
  tab.send({ type: "paste", text, html, uploads });
}

/** Shows two fingers' zoom at once, coarsely; the page is laid out for it when they leave. */
function pinch(tab: LiveTab, surface: HTMLElement, scale: number, phase: "move" | "end"): void {
  surface.style.transform = phase === "move" ? `scale(${scale})` : "";
  const zoom = getPagePanel(tab.panelId)?.state.zoom ?? 1;
  const next = Math.round(zoom * scale * 20) / 20;
  if (phase === "end" && next !== zoom)
    updateSession((session) => setZoom(session, tab.panelId, Math.min(5, Math.max(0.3, next))));
}
