"use client";

import { createContext, use } from "react";
import type { ExpandedBlocks } from "#lib/client/reading/expanded-blocks.ts";
import type { Page, PageMedia } from "#lib/protocol/pages.ts";

/** What blocks need to know about the page they are drawn in. Stays the same object while the page does. */
export interface DocumentContextValue {
  page: Page;
  media: ReadonlyMap<string, PageMedia>;
  headingLevels: ReadonlyMap<string, 2 | 3 | 4 | 5 | 6>;
  expanded: ExpandedBlocks;
}

export const DocumentContext = createContext<DocumentContextValue | null>(null);

export function useDocument(): DocumentContextValue {
  const value = use(DocumentContext);
  if (!value) throw new Error("Blocks are drawn inside a DocumentContext.");
  return value;
}

/** Whether pictures load by themselves. Apart from the document, so that only pictures redraw when it changes. */
export const ImagesContext = createContext(true);
