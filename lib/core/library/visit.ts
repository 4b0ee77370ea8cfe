/** One address visited before, summed over its visits. Times are epoch milliseconds. */
export interface VisitedAddress {
  url: string;
  title: string;
  icon: string | null;
  visitCount: number;
  /** How often it was chosen in the address bar. */
  typedCount: number;
  lastVisitedAt: number;
}

export interface Visit {
  id: number;
  url: string;
  title: string;
  at: number;
}

export interface VisitInput {
  url: string;
  title: string;
  icon: string | null;
  typed: boolean;
  at: number;
}

/** What is known of an address after one more visit. */
export function addVisit(known: VisitedAddress | undefined, visit: VisitInput): VisitedAddress {
  return {
    url: visit.url,
    title: visit.title || known?.title || visit.url,
    icon: visit.icon ?? known?.icon ?? null,
    visitCount: (known?.visitCount ?? 0) + 1,
    typedCount: (known?.typedCount ?? 0) + (visit.typed ? 1 : 0),
    lastVisitedAt: Math.max(visit.at, known?.lastVisitedAt ?? 0),
  };
}

export interface HistoryDay {
  /** Local midnight at which the day begins, epoch milliseconds. */
  start: number;
  visits: Visit[];
}

/**
 * Visits by the local day they fell on, newest day and visit first. Days are
 * calendar days of the runtime's time zone, so one with a clock change has 23 or
 * 25 hours. An address visited again within a day is listed once, at its last visit.
 */
export function groupByDay(visits: readonly Visit[]): HistoryDay[] {
  const days = new Map<number, Map<string, Visit>>();
  for (const visit of visits) {
    const start = startOfDay(visit.at);
    const day = days.get(start) ?? new Map<string, Visit>();
    days.set(start, day);
    const known = day.get(visit.url);
    if (!known || known.at <= visit.at) day.set(visit.url, visit);
  }
  return [...days]
    .sort(([a], [b]) => b - a)
    .map(([start, day]) => ({ start, visits: [...day.values()].sort((a, b) => b.at - a.at) }));
}

export function startOfDay(at: number): number {
  const date = new Date(at);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate()).getTime();
}

/** The first instant of the next local day. */
export function endOfDay(start: number): number {
  const date = new Date(start);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + 1).getTime();
}
