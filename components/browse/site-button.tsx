import { Globe, LockKeyhole, LockOpen, Search } from "lucide-react";
import { ToolbarPopover } from "#components/browse/toolbar-popover.tsx";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";

const KINDS = {
  secure: { Icon: LockKeyhole, label: "About this page: fetched over an encrypted connection" },
  insecure: { Icon: LockOpen, label: "About this page: fetched over an unencrypted connection" },
  none: { Icon: Search, label: "About this search" },
};

/** How the page was fetched, and the way to all that is known about it. */
export function SiteButton({ url }: { url: string }) {
  const { kind, security } = describeAddress(url);
  if (kind === "empty") {
    return (
      <span aria-hidden className="grid size-9 shrink-0 place-items-center text-muted">
        <Globe className="size-4" />
      </span>
    );
  }
  const { Icon, label } = KINDS[security];
  return (
    <ToolbarPopover
      name="site"
      command="page.site"
      label={label}
      className="size-8 ms-0.5 rounded-full"
      align="start"
    >
      <Icon aria-hidden className={security === "insecure" ? "size-4 text-warn" : "size-3.5"} />
    </ToolbarPopover>
  );
}
