import type { PageReport } from "#services/live/world/page-report.ts";

/** What a script in the isolated world is given. */
export interface WorldScope {
  /** Tells the node. */
  report(report: PageReport): void;
  /** Lets the node call it by name, with arguments that were JSON. */
  offer(name: string, call: (...args: never[]) => unknown): void;
}
