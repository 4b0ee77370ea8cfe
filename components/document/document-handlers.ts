"use client";

import type { ClipboardEvent, DragEvent, MouseEvent } from "react";
import { fillClipboard } from "#lib/client/reading/clipboard.ts";
import { openDocumentMenu } from "#lib/client/reading/document-menu.ts";
import { decideDisposition, isWebUrl, type LinkDisposition } from "#lib/core/reading/link-target.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** Follows a link of the page. `href` is the real, absolute http(s) address. */
export type PageNavigate = (href: string, options: { disposition: LinkDisposition }) => void;

export interface DocumentEventsOptions {
  page: Page;
  /** Whose commands the context menu runs; without it the browser's own menu opens. */
  panelId: string | undefined;
  onNavigate: PageNavigate;
  /** A link to a block of this document was followed. */
  onJump: (blockId: string, from: HTMLElement) => void;
  onEnlarge: (imageBlockId: string) => void;
}

/** One set of handlers for all links and pictures of a document, however many there are. */
export function createDocumentHandlers({
  page,
  panelId,
  onNavigate,
  onJump,
  onEnlarge,
}: DocumentEventsOptions) {
  const follow = (event: MouseEvent): void => {
    const link = closest(event.target, "a[data-href]");
    const href = link?.dataset.href;
    if (!link || !href) return;
    const disposition = decideDisposition(event);
    if (!disposition) return;
    if (href.startsWith("#")) {
      event.preventDefault();
      onJump(decodeURIComponent(href.slice(1)), link);
    } else if (isWebUrl(href)) {
      event.preventDefault();
      onNavigate(href, { disposition });
    }
  };
  return {
    onClick: (event: MouseEvent) => {
      const enlarge = closest(event.target, "[data-enlarge]")?.dataset.enlarge;
      if (enlarge) onEnlarge(enlarge);
      else follow(event);
    },
    onAuxClick: follow,
    onDragStart: (event: DragEvent) => {
      const href = closest(event.target, "a[data-href]")?.dataset.href;
      if (!href || !isWebUrl(href)) return;
      event.dataTransfer.setData("text/uri-list", href);
      event.dataTransfer.setData("text/plain", href);
    },
    onCopy: (event: ClipboardEvent) => {
      const selection = window.getSelection();
      if (selection) fillClipboard(event.nativeEvent, selection);
    },
    onContextMenu: (event: MouseEvent) => {
      // With Shift the browser's own menu opens, as in Firefox.
      if (event.shiftKey || panelId === undefined) return;
      const link = closest(event.target, "a[data-href]");
      const image = closest(event.target, "img[data-url]");
      const isOpen = openDocumentMenu({
        page,
        panelId,
        href: link?.dataset.href ?? null,
        imageBlockId: image?.dataset.enlarge ?? null,
        selected: window.getSelection()?.toString().trim() ?? "",
        // Opened by keyboard, the event has no place of its own.
        at:
          event.clientX === 0 && event.clientY === 0
            ? (event.target as Element).getBoundingClientRect()
            : { x: event.clientX, y: event.clientY },
        opener: link ?? (document.activeElement as HTMLElement | null),
      });
      if (!isOpen) return;
      event.preventDefault();
      event.stopPropagation();
    },
  };
}

function closest(target: EventTarget, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}
