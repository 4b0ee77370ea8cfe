"use client";

import { type RefObject, useEffect, useState } from "react";
import { displayUrl } from "#lib/core/reading/link-target.ts";

/** The address a link under the pointer or the focus really leads to, in the corner where browsers show it. */
export function LinkStatus({ root }: { root: RefObject<HTMLElement | null> }) {
  const [href, setHref] = useState<string | null>(null);
  useEffect(() => {
    const element = root.current;
    if (!element) return;
    const abort = new AbortController();
    const show = (event: Event): void => {
      const link = event.target instanceof Element ? event.target.closest<HTMLElement>("a[data-href]") : null;
      const isFocus = event.type === "focusin" && !link?.matches(":focus-visible");
      setHref(isFocus ? null : (link?.dataset.href ?? null));
    };
    const hide = (): void => setHref(null);
    element.addEventListener("pointerover", show, { signal: abort.signal });
    element.addEventListener("focusin", show, { signal: abort.signal });
    element.addEventListener("pointerleave", hide, { signal: abort.signal });
    element.addEventListener("focusout", hide, { signal: abort.signal });
    return () => abort.abort();
  }, [root]);
  if (!href || href.startsWith("#")) return null;
  return (
    <div className="qui-link-status" aria-hidden="true">
      <bdi>{displayUrl(href)}</bdi>
    </div>
  );
}
