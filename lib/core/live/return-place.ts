/** Where a page was read to, in its CSS pixels. */
export interface ReturnPlace {
  url: string;
  x: number;
  y: number;
}

export interface ReturnQuestion {
  /** The address that the tab is opened at. */
  url: string;
  /** Where the panel's entry for it was left, by whichever engine. */
  entryY: number;
  /** What the tab before had told of its page. */
  page: { url: string; scroll: { x: number; y: number } };
  /** Whether that tab was anywhere but at the top of a page while it lived. */
  moved: boolean;
  /** Where that tab was to go itself; null when there was none. */
  asked: ReturnPlace | null;
}

/**
 * Where a tab that is opened anew takes its page. One that was lost before its page had got anywhere says nothing
 * about where the person was: what had been asked of it is asked again.
 */
export function decideReturnPlace({ url, entryY, page, moved, asked }: ReturnQuestion): ReturnPlace {
  if (moved && page.url === url) return { url, ...page.scroll };
  return asked?.url === url ? asked : { url, x: 0, y: entryY };
}
