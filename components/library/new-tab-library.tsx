import { BookOpen, Star } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { SiteIcon } from "#components/ui/site-icon.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { topSites } from "#lib/core/library/top-sites.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";
import { formatReadingTime, readingMinutes } from "#lib/core/reading/reading-time.ts";

const TOP_SITES = 8;
const ROW = 4;
const SHOWN = 4;

/** What an empty tab offers from the library: where one goes often, what waits to be read, what was kept last. */
export function NewTabLibrary() {
  const { status, addresses, savedPages, bookmarks } = useStore(libraryStore);
  if (status === "loading") return <div className="min-h-28" />;
  const found = topSites(addresses, Date.now(), TOP_SITES);
  // Whole rows only: a few left over would look like a mistake.
  const sites = found.length > ROW && found.length < TOP_SITES ? found.slice(0, ROW) : found;
  const unread = savedPages.filter((page) => page.readAt === null).slice(0, SHOWN);
  const links = bookmarks
    .flatMap((node) => (node.kind === "link" ? [node] : []))
    .sort((a, b) => b.addedAt - a.addedAt)
    .slice(0, SHOWN);
  return (
    <>
      {sites.length > 0 && (
        <section aria-label="Often visited">
          <ul className="grid grid-cols-4 gap-x-1 gap-y-3">
            {sites.map(({ url, host, icon }) => (
              <li key={url}>
                <button
                  type="button"
                  onClick={() => runCommand("page.open", { url })}
                  className="flex w-full flex-col items-center gap-2 rounded-panel px-1 py-2 text-xs text-muted hover:text-ink [&:hover>span:first-child]:bg-hover"
                >
                  <span className="grid size-12 place-items-center rounded-full border border-line bg-raised">
                    {icon ? (
                      <SiteIcon icon={icon} url={url} className="size-5" />
                    ) : (
                      <span aria-hidden className="text-base font-semibold text-muted uppercase">
                        {[...host][0]}
                      </span>
                    )}
                  </span>
                  <span className="w-full truncate text-center">{host}</span>
                </button>
              </li>
            ))}
          </ul>
        </section>
      )}
      {unread.length > 0 && (
        <List
          title="Reading list"
          icon={<BookOpen aria-hidden className="size-4" />}
          command="library.readingList"
        >
          {unread.map(({ url, title, icon, wordCount, siteName }) => (
            <Row
              key={url}
              url={url}
              title={title}
              icon={icon}
              aside={[
                siteName ?? describeAddress(url).main,
                formatReadingTime(readingMinutes(wordCount, null)),
              ]
                .filter(Boolean)
                .join(" · ")}
            />
          ))}
        </List>
      )}
      {links.length > 0 && (
        <List
          title="Bookmarked lately"
          icon={<Star aria-hidden className="size-4" />}
          command="library.bookmarks"
        >
          {links.map(({ id, url, title, icon }) => (
            <Row key={id} url={url} title={title} icon={icon} aside={describeAddress(url).main} />
          ))}
        </List>
      )}
    </>
  );
}

function List(props: { title: string; icon: ReactNode; command: string; children: ReactNode }) {
  return (
    <section aria-label={props.title}>
      <h2 className="mb-1 flex items-center gap-2 px-3 text-sm font-medium text-muted">
        {props.icon}
        <span className="flex-1">{props.title}</span>
        <button
          type="button"
          aria-label={`All of: ${props.title}`}
          onClick={() => runCommand(props.command)}
          className="-me-3 min-h-9 rounded-control px-3 text-xs font-medium hover:bg-hover hover:text-ink pointer-coarse:min-h-11"
        >
          All
        </button>
      </h2>
      <ul>{props.children}</ul>
    </section>
  );
}

function Row(props: { url: string; title: string; icon: string | null; aside: string }) {
  return (
    <li>
      <button
        type="button"
        onClick={() => runCommand("page.open", { url: props.url })}
        className="flex min-h-11 w-full items-center gap-3 rounded-control px-3 text-start text-sm hover:bg-hover"
      >
        <SiteIcon icon={props.icon} url={props.url} />
        <span className="min-w-0 flex-1 truncate">{props.title}</span>
        <span className="max-w-[45%] shrink-0 truncate text-xs text-muted">{props.aside}</span>
      </button>
    </li>
  );
}
