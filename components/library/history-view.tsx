import { Clock, SearchX, Trash2, X } from "lucide-react";
import { useEffect, useMemo, useState } from "react";
import { useStore } from "zustand";
import { Confirm, Empty, Loading } from "#components/library/notes.tsx";
import { PageRow, ROW_BUTTON } from "#components/library/page-row.tsx";
import { SearchField } from "#components/library/search-field.tsx";
import { OUTLINED, QUIET } from "#components/library/styles.ts";
import { IconButton } from "#components/ui/icon-button.tsx";
import { forgetTrail } from "#lib/client/library/forget-trail.ts";
import { deleteAllHistory, deleteVisits, listVisits, restoreHistory } from "#lib/client/library/history.ts";
import { libraryStore } from "#lib/client/library/library-store.ts";
import { offerUndo } from "#lib/client/library/undo.ts";
import { matchesWords } from "#lib/core/library/matches-words.ts";
import { endOfDay, groupByDay, startOfDay, type Visit } from "#lib/core/library/visit.ts";
import { shortAddress } from "#lib/core/omnibox/describe-address.ts";

const PART = 150;

const RANGES = [
  { id: "hour", label: "The last hour", from: (now: number) => now - 3_600_000 },
  { id: "day", label: "Today", from: startOfDay },
  { id: "week", label: "The last 7 days", from: (now: number) => now - 7 * 86_400_000 },
  { id: "month", label: "The last 4 weeks", from: (now: number) => now - 28 * 86_400_000 },
] as const;

/** Pages visited on this device, by day. */
export function HistoryView({ onClose }: { onClose: () => void }) {
  const addresses = useStore(libraryStore, (state) => state.addresses);
  const [query, setQuery] = useState("");
  const [limit, setLimit] = useState(PART);
  const [visits, setVisits] = useState<Visit[] | null>(null);
  const [confirming, setConfirming] = useState(false);
  const icons = useMemo(() => new Map(addresses.map(({ url, icon }) => [url, icon])), [addresses]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other addresses mean that visits came or went
  useEffect(() => {
    let current = true;
    const matches = (visit: Visit) => matchesWords(query, `${visit.title} ${visit.url}`);
    listVisits({ before: Number.POSITIVE_INFINITY, limit, matches }).then(
      (found) => current && setVisits(found),
      () => current && setVisits([]),
    );
    return () => {
      current = false;
    };
  }, [query, limit, addresses]);

  const forget = async (range: { from: number; to: number; url?: string }, said: string) => {
    const gone = await deleteVisits(range);
    const restoreTrail = await forgetTrail(range);
    if (gone.visits.length === 0) return;
    offerUndo(said, async () => {
      restoreTrail();
      await restoreHistory(gone);
    });
  };

  if (visits === null) return <Loading />;
  const days = groupByDay(visits);
  return (
    <>
      <div className="mb-3 flex flex-wrap gap-2">
        <SearchField label="Search history" value={query} onChange={setQuery} />
        <select
          aria-label="Delete history of"
          value=""
          disabled={addresses.length === 0}
          onChange={(event) => {
            const range = RANGES.find(({ id }) => id === event.target.value);
            if (event.target.value === "all") setConfirming(true);
            if (!range) return;
            const now = Date.now();
            void forget({ from: range.from(now), to: now + 60_000 }, `Deleted: ${range.label.toLowerCase()}`);
          }}
          className={`${OUTLINED} max-sm:w-full`}
        >
          <option value="">Delete…</option>
          {RANGES.map(({ id, label }) => (
            <option key={id} value={id}>
              {label}
            </option>
          ))}
          <option value="all">All history</option>
        </select>
      </div>
      {confirming && (
        <Confirm
          question="Delete all history on this device? This cannot be undone. Bookmarks and saved pages stay."
          action="Delete all"
          onCancel={() => setConfirming(false)}
          onConfirm={() => {
            setConfirming(false);
            void deleteAllHistory();
            void forgetTrail({ from: 0, to: Number.POSITIVE_INFINITY });
          }}
        />
      )}
      {days.length === 0 &&
        (query ? (
          <Empty icon={SearchX} title={`Nothing found for “${query}”`} />
        ) : (
          <Empty icon={Clock} title="No history yet">
            Pages you read appear here, saved on this device only. Private tabs leave nothing.
          </Empty>
        ))}
      {days.map(({ start, visits: ofDay }) => (
        <section key={start} aria-label={dayName(start)} className="mb-4">
          <h3 className="flex min-h-10 items-center justify-between ps-2 text-sm font-semibold">
            {dayName(start)}
            {!query && (
              <IconButton
                label={`Delete ${dayName(start)}`}
                className={ROW_BUTTON}
                onClick={() => void forget({ from: start, to: endOfDay(start) }, `${dayName(start)} deleted`)}
              >
                <Trash2 aria-hidden className="size-4" />
              </IconButton>
            )}
          </h3>
          <ul>
            {ofDay.map((visit) => (
              <li key={visit.id}>
                <PageRow
                  url={visit.url}
                  title={visit.title}
                  icon={icons.get(visit.url) ?? null}
                  detail={shortAddress(visit.url)}
                  onOpen={onClose}
                  before={
                    <time className="w-16 shrink-0 text-xs text-muted tabular-nums">{timeOf(visit.at)}</time>
                  }
                >
                  <IconButton
                    label={`Delete ${visit.title}`}
                    className={ROW_BUTTON}
                    onClick={() =>
                      void forget({ from: start, to: endOfDay(start), url: visit.url }, "Entry deleted")
                    }
                  >
                    <X aria-hidden className="size-4" />
                  </IconButton>
                </PageRow>
              </li>
            ))}
          </ul>
        </section>
      ))}
      {visits.length === limit && (
        <button type="button" className={`${QUIET} self-center`} onClick={() => setLimit(limit + PART)}>
          Show earlier
        </button>
      )}
    </>
  );
}

function timeOf(at: number): string {
  return new Date(at).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" });
}

function dayName(start: number): string {
  const today = startOfDay(Date.now());
  if (start === today) return "Today";
  if (endOfDay(start) === today) return "Yesterday";
  const sameYear = new Date(start).getFullYear() === new Date().getFullYear();
  return new Date(start).toLocaleDateString([], {
    weekday: "long",
    day: "numeric",
    month: "long",
    ...(sameYear ? {} : { year: "numeric" }),
  });
}
