import { Globe, LockKeyhole, LockOpen, Search, TriangleAlert } from "lucide-react";
import { useStore } from "zustand";
import { ToolbarPopover } from "#components/browse/toolbar-popover.tsx";
import { useLiveState } from "#components/live/use-live-tab.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";

const KINDS = {
  unknown: { Icon: Globe, label: "About this page: not loaded" },
  secure: { Icon: LockKeyhole, label: "About this page: fetched over an encrypted connection" },
  insecure: { Icon: LockOpen, label: "About this page: fetched over an unencrypted connection" },
  broken: { Icon: TriangleAlert, label: "About this page: its connection is not safe" },
  none: { Icon: Search, label: "About this search" },
};

/** How the page was fetched, and the way to all that is known about it. */
export function SiteButton({ panelId, url }: { panelId: string | null; url: string }) {
  const isRead = useStore(browserStore, ({ views }) => views[panelId ?? ""]?.view?.status === "ready");
  const live = useLiveState(panelId ?? "", ({ page, picture }) =>
    picture ? page.security.state : "unknown",
  );
  const { kind, security } = describeAddress(url);
  if (kind === "empty") {
    return (
      <span aria-hidden className="grid size-9 shrink-0 place-items-center text-muted">
        <Globe className="size-4" />
      </span>
    );
  }
  // An address alone says nothing about how its page came.
  const known = live === undefined ? isRead : live !== "unknown";
  const shown = kind === "page" && !known ? "unknown" : live === "broken" ? "broken" : security;
  const { Icon, label } = KINDS[shown];
  return (
    <ToolbarPopover
      name="site"
      command="page.site"
      label={label}
      className="size-8 ms-0.5 rounded-full"
      align="start"
    >
      <Icon
        aria-hidden
        className={
          shown === "broken" ? "size-4 text-bad" : security === "insecure" ? "size-4 text-warn" : "size-3.5"
        }
      />
    </ToolbarPopover>
  );
}
