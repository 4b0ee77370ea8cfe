import type { PageReport } from "#services/live/world/page-report.ts";

/** What a script in the isolated world is given. */
export interface WorldScope {
  /** Begins the names of the events that come from the script in the page's own world. */
  readonly channel: string;
  /** Tells the node. */
  report(report: PageReport): void;
  /** Lets the node call it by name, with arguments that were JSON. */
  offer(name: string, call: (...args: never[]) => unknown): void;
}
