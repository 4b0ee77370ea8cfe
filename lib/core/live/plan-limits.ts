import type { LivePlan } from "#lib/protocol/live-status.ts";

export interface PlanLimits {
  /** Open at once. */
  tabsMax: number;
  /** Of a UTC day, while at least one tab is open, however many. */
  minutesPerDay: number;
  /** Device pixels of one tab, in millions; 8.3 is a 4K screen. */
  megapixelsMax: number;
  /** Of one file. */
  uploadBytesMax: number;
  downloadBytesMax: number;
}

/** What live pages cost a server, by who asks for them. */
export const PLAN_LIMITS = {
  guest: {
    tabsMax: 8,
    minutesPerDay: 240,
    megapixelsMax: 8.3,
    uploadBytesMax: 50_000_000,
    downloadBytesMax: 200_000_000,
  },
  free: {
    tabsMax: 12,
    minutesPerDay: 480,
    megapixelsMax: 8.3,
    uploadBytesMax: 100_000_000,
    downloadBytesMax: 500_000_000,
  },
  pro: {
    tabsMax: 32,
    minutesPerDay: 1440,
    megapixelsMax: 16.6,
    uploadBytesMax: 500_000_000,
    downloadBytesMax: 2_000_000_000,
  },
} as const satisfies Record<LivePlan, PlanLimits>;

/** The day that minutes are counted in, as `2026-11-21`, in UTC. */
export function usageDay(nowMs: number): string {
  return new Date(nowMs).toISOString().slice(0, 10);
}
