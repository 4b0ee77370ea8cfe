import { lazy } from "react";

const importPageView = () => import("#components/document/page-view.tsx");

/** The reader's drawing of a page: loaded beside the frame, not before it. */
export const LazyPageView = lazy(async () => ({ default: (await importPageView()).PageView }));

/** Fetches the reader's part while the page itself is still on its way. */
export function preparePageView(): void {
  // Without a connection it fails now and is asked for again when a page is shown.
  importPageView().catch(() => undefined);
}
