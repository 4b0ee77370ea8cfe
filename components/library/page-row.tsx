import type { ReactNode } from "react";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { openPage } from "#lib/client/commands/open-page.ts";

interface PageRowProps {
  url: string;
  title: string;
  icon: string | null;
  detail: ReactNode;
  /** Stands before the icon: a time of day. */
  before?: ReactNode;
  /** Buttons at the end. */
  children?: ReactNode;
  strong?: boolean;
  onOpen: () => void;
}

/** A page in a list: a press opens it, with Control or the middle button in the background. */
export function PageRow({
  url,
  title,
  icon,
  detail,
  before,
  children,
  strong = false,
  onOpen,
}: PageRowProps) {
  return (
    <div className="group flex min-w-0 items-center gap-1 rounded-control hover:bg-hover">
      <a
        href={`/space?url=${encodeURIComponent(url)}`}
        data-main
        className="flex min-h-12 min-w-0 flex-1 items-center gap-3 rounded-control px-2 py-1.5 text-sm"
        onClick={(event) => {
          event.preventDefault();
          if (event.ctrlKey || event.metaKey) return void openPage(url, { disposition: "background-tab" });
          onOpen();
          openPage(url, { disposition: event.shiftKey ? "new-tab" : "current" });
        }}
        onAuxClick={(event) => {
          if (event.button !== 1) return;
          event.preventDefault();
          openPage(url, { disposition: "background-tab" });
        }}
      >
        {before}
        <SiteIcon icon={icon} url={url} />
        <span className="min-w-0 flex-1">
          <span className={strong ? "block truncate font-medium" : "block truncate"}>{title}</span>
          <span className="block truncate text-xs text-muted">{detail}</span>
        </span>
      </a>
      {children}
    </div>
  );
}

export const ROW_BUTTON = "pointer-coarse:size-11";
