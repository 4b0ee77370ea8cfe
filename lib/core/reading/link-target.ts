/** Where a followed link opens. */
export type LinkDisposition = "current" | "new-tab" | "background-tab" | "split";

export interface LinkGesture {
  /** As in `MouseEvent.button`: 0 main, 1 middle. */
  button: number;
  ctrlKey: boolean;
  metaKey: boolean;
  shiftKey: boolean;
  altKey: boolean;
}

/** What the big browsers do with the same click; Alt, which downloads there, opens beside. Null: not ours. */
export function decideDisposition(gesture: LinkGesture): LinkDisposition | null {
  const isNewTab = gesture.ctrlKey || gesture.metaKey;
  if (gesture.button === 1 || (gesture.button === 0 && isNewTab)) {
    return gesture.shiftKey ? "new-tab" : "background-tab";
  }
  if (gesture.button !== 0) return null;
  if (gesture.shiftKey) return "new-tab";
  return gesture.altKey ? "split" : "current";
}

/**
 * The address of a page inside Qui: what a link's `href` holds, so that the real
 * browser's own menu, middle click and drag lead back into Qui and never to the
 * site itself.
 */
export function spaceHref(url: string): string {
  return `/space?url=${encodeURIComponent(url)}`;
}

export function isWebUrl(url: string): boolean {
  return /^https?:\/\//i.test(url);
}

/** The address as people read it: without scheme, `www.` and a bare slash, percent escapes decoded where that is safe. */
export function displayUrl(url: string): string {
  const short = url.replace(/^https?:\/\/(www\.)?/i, "").replace(/\/$/, "");
  try {
    return decodeURI(short);
  } catch {
    // A stray percent sign: show the address as it is.
    return short;
  }
}

/** The host of a URL without `www.`, or an empty string. */
export function hostOf(url: string): string {
  return URL.parse(url)?.hostname.replace(/^www\./, "") ?? "";
}
