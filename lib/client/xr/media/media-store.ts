import { createStore } from "zustand/vanilla";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { guessProjection, type MediaProjection } from "#lib/core/surfaces/media-projection.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** A picture or recording opened out of a page, in a sheet of its own or all around. */
export interface OpenMedia {
  /** The panel whose page it is in. */
  panelId: string;
  blockId: string;
  kind: "image" | "video" | "audio";
  /** Path on our own origin. */
  src: string;
  poster: string | null;
  title: string;
  width: number | null;
  height: number | null;
  projection: MediaProjection;
}

export const mediaStore = createStore<{ open: OpenMedia | null }>(() => ({ open: null }));

/** Opens a block's picture or recording. False: the block has none. */
export function openMedia(panelId: string, page: Page, blockId: string): boolean {
  const block = indexDocument(page.document).byId.get(blockId)?.block;
  if (block?.type !== "image" && block?.type !== "video") return false;
  const media = page.media.find(({ id }) => id === block.media);
  if (!media) return false;
  const poster = block.type === "video" ? page.media.find(({ id }) => id === block.poster) : undefined;
  const title = block.type === "video" ? block.title : block.alt;
  const { width, height, kind, src, url } = media;
  const name = `${decodeURIComponent(URL.parse(url)?.pathname ?? "")} ${title}`;
  mediaStore.setState({
    open: {
      panelId,
      blockId,
      kind,
      src,
      poster: poster?.src ?? null,
      title,
      width,
      height,
      projection: guessProjection({ name, width, height }),
    },
  });
  return true;
}

export function openMediaOf(panelId: string, blockId: string): void {
  const view = browserStore.getState().views[panelId]?.view;
  if (view?.status === "ready") openMedia(panelId, view.page, blockId);
}

export function closeMedia(): void {
  mediaStore.setState({ open: null });
}

export function setProjection(projection: MediaProjection): void {
  mediaStore.setState(({ open }) => ({ open: open && { ...open, projection } }));
}
