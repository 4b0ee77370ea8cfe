import { type ComponentType, lazy } from "react";

interface KnownPopover {
  title: string;
  Content: ComponentType<{ onClose: () => void }>;
}

/** The panels of the toolbar by name (`togglePopover(name)`). */
export const POPOVERS: Readonly<Record<string, KnownPopover>> = {
  site: {
    title: "About this page",
    Content: lazy(async () => ({ default: (await import("#components/browse/site-report.tsx")).SiteReport })),
  },
};
