import { openPage } from "#lib/client/commands/open-page.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { copyText } from "#lib/client/reading/clipboard.ts";
import { showToast } from "#lib/client/store/ui-store.ts";
import type { DocumentSurface, SurfaceHit } from "#lib/client/surface/surface-contract.ts";
import { openMedia } from "#lib/client/xr/media/media-store.ts";
import { blockText } from "#lib/core/document/block-text.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { decideDisposition, isWebUrl, type LinkGesture } from "#lib/core/reading/link-target.ts";
import type { Page } from "#lib/protocol/pages.ts";

export interface LinkSource {
  panelId: string;
  documents: DocumentSurface;
  /** The page shown; null while the panel shows what became of it. */
  page: Page | null;
}

/** Does what was pressed: a command of ours, a link, a folded section, a picture, a listing to copy. */
export function followLink(
  { panelId, documents, page }: LinkSource,
  hit: SurfaceHit,
  gesture: LinkGesture,
): void {
  const { command, href, action, blockId } = hit;
  if (command) {
    runCommand(command.id, { panelId, ...command.args });
  } else if (href?.startsWith("#")) {
    documents.scrollToBlock(decodeURIComponent(href.slice(1)));
  } else if (href) {
    const disposition = decideDisposition(gesture);
    if (isWebUrl(href) && disposition) openPage(href, { panelId, disposition });
    // mailto and tel belong to the device.
    else if (/^(mailto|tel):/i.test(href)) window.location.assign(href);
  } else if (action === "toggle") {
    documents.toggle(blockId);
  } else if (action === "copy" && page) {
    void copyBlock(page, blockId);
  } else if (page) {
    // Pictures and recordings open; anything else is only text.
    openMedia(panelId, page, blockId);
  }
}

async function copyBlock(page: Page, blockId: string): Promise<void> {
  const block = indexDocument(page.document).byId.get(blockId)?.block;
  if (!block) return;
  showToast((await copyText(blockText(block))) ? "Copied" : "The browser did not allow copying");
}
