import type { WebGLRenderer } from "three";
import { pageMenuEntries } from "#lib/client/commands/page-menu.ts";
import { openDocumentMenu } from "#lib/client/reading/document-menu.ts";
import { roomPanelStore } from "#lib/client/room/panel-state.ts";
import { openMenu } from "#lib/client/store/ui-store.ts";
import type { SurfaceHit, SurfacePoint } from "#lib/client/surface/surface-contract.ts";
import type { LinkSource } from "#lib/client/xr/panel/follow-link.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";

export interface MenuSource extends LinkSource {
  renderer: WebGLRenderer;
}

/** The same menus as in the flat view: for a link, a picture, selected words, else for the page. */
export function openPanelMenu(
  { panelId, page, documents, renderer }: MenuSource,
  hit: SurfaceHit | null,
  point: SurfacePoint,
  native: unknown,
): void {
  roomPanelStore.setState({ menuPoint: { panelId, ...point } });
  const opener = renderer.domElement;
  const at = screenPoint(native, opener);
  const block = page && hit ? indexDocument(page.document).byId.get(hit.blockId)?.block : undefined;
  const isOpen =
    page !== null &&
    openDocumentMenu({
      page,
      panelId,
      href: hit?.href ?? null,
      imageBlockId: block?.type === "image" ? block.id : null,
      selected: documents
        .getSelection()
        .map(({ quote }) => quote)
        .join("\n"),
      blockId: hit?.blockId ?? null,
      at,
      opener,
    });
  if (!isOpen) openMenu({ label: "Page", entries: pageMenuEntries(panelId), at, opener });
}

/** In a session there is no place on a screen: the middle, and `menuPoint` says where it was. */
export function screenPoint(native: unknown, element: HTMLElement): { x: number; y: number } {
  if (native instanceof MouseEvent) return { x: native.clientX, y: native.clientY };
  const { left, top, width, height } = element.getBoundingClientRect();
  return { x: left + width / 2, y: top + height / 2 };
}
