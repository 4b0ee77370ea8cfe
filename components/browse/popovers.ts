import { type ComponentType, lazy } from "react";

interface KnownPopover {
  title: string;
  Content: ComponentType<{ onClose: () => void }>;
}

function lazyReading(name: "AppearancePopover" | "OutlinePopover") {
  return lazy(async () => ({ default: (await import("#components/document/reading-popovers.tsx"))[name] }));
}

/** The panels of the toolbar by name (`togglePopover(name)`). */
export const POPOVERS: Readonly<Record<string, KnownPopover>> = {
  appearance: { title: "Appearance of text", Content: lazyReading("AppearancePopover") },
  bookmark: {
    title: "Bookmark",
    Content: lazy(async () => ({
      default: (await import("#components/library/bookmark-popover.tsx")).BookmarkPopover,
    })),
  },
  outline: { title: "Outline", Content: lazyReading("OutlinePopover") },
  site: {
    title: "About this page",
    Content: lazy(async () => ({ default: (await import("#components/browse/site-report.tsx")).SiteReport })),
  },
};
