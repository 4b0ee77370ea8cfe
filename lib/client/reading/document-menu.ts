import { type MenuEntry, type MenuRequest, openMenu } from "#lib/client/store/ui-store.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { isWebUrl } from "#lib/core/reading/link-target.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** What a context menu of a page was opened on; several can hold at once, as for a selected link. */
export interface DocumentMenuTarget {
  page: Page;
  panelId: string;
  href: string | null;
  imageBlockId: string | null;
  /** The selected text, or an empty string. */
  selected: string;
  /** The block it was opened on, where words cannot be selected with ease, as by a ray. */
  blockId?: string | null;
  at: MenuRequest["at"];
  opener: Element | null;
}

/** Opens the menu for a link, a picture or selected text. False: there is nothing of the page to offer. */
export function openDocumentMenu(target: DocumentMenuTarget): boolean {
  const { panelId, page, href, imageBlockId, selected, blockId, at, opener } = target;
  const groups: MenuEntry[][] = [];
  if (href && isWebUrl(href)) groups.push(linkEntries(href, panelId));
  const image = imageBlockId === null ? null : findImage(page, imageBlockId);
  if (image && imageBlockId) groups.push(imageEntries(imageBlockId, image.url, panelId));
  if (selected) groups.push(selectionEntries(selected, panelId, blockId ?? null));
  if (groups.length === 0) return false;
  const entries = groups.flatMap((group, index): MenuEntry[] =>
    index === 0 ? group : [{ type: "separator" }, ...group],
  );
  const label = href && isWebUrl(href) ? "Link" : image ? "Picture" : "Selected text";
  openMenu({ label, entries, at, opener });
  return true;
}

function linkEntries(url: string, panelId: string): MenuEntry[] {
  return [
    { type: "command", id: "page.openInNewTab", args: { url, panelId } },
    { type: "command", id: "page.openInBackground", args: { url, panelId } },
    { type: "command", id: "split.right", args: { url, panelId }, label: "Open beside this page" },
    { type: "command", id: "page.openPrivately", args: { url, panelId } },
    { type: "separator" },
    { type: "command", id: "page.copyAddress", args: { url, panelId }, label: "Copy link address" },
    { type: "command", id: "page.openOutside", args: { url, panelId } },
  ];
}

function imageEntries(blockId: string, url: string, panelId: string): MenuEntry[] {
  return [
    { type: "command", id: "picture.enlarge", args: { text: blockId, panelId } },
    { type: "command", id: "page.openInNewTab", args: { url, panelId }, label: "Open picture in new tab" },
    { type: "command", id: "page.copyAddress", args: { url, panelId }, label: "Copy picture address" },
    { type: "command", id: "picture.save", args: { text: blockId, panelId } },
  ];
}

function selectionEntries(text: string, panelId: string, blockId: string | null): MenuEntry[] {
  const whole: MenuEntry[] =
    blockId === null
      ? []
      : [{ type: "command", id: "note.pin", args: { text: blockId, panelId }, label: "Pin this paragraph" }];
  return [
    { type: "command", id: "selection.copy", args: { panelId } },
    { type: "command", id: "selection.copyWithSource", args: { panelId } },
    { type: "command", id: "note.pin", args: { panelId } },
    ...whole,
    { type: "command", id: "selection.search", args: { text, panelId } },
    { type: "command", id: "selection.find", args: { text, panelId } },
  ];
}

function findImage(page: Page, blockId: string) {
  const block = indexDocument(page.document).byId.get(blockId)?.block;
  return block?.type === "image" ? page.media.find(({ id }) => id === block.media) : undefined;
}
