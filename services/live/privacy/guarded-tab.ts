import type { Tracker } from "#lib/node/trackers/tracker-matcher.ts";
import type { TrackerLevel } from "#lib/protocol/pages.ts";

export interface Credentials {
  username: string;
  password: string;
}

/** A site that wants a name and a password (RFC 9110 §11). */
export interface AuthChallenge {
  origin: string;
  realm: string;
  /** Grows with each answer that was wrong; 1 for the first question. */
  attempt: number;
}

/** A tab, as its browser's guard knows it. */
export interface GuardedTab {
  /** The address of its page. */
  pageUrl: string;
  getLevel(): TrackerLevel;
  onBlocked(tracker: Tracker): void;
  onStripped(parameters: number): void;
  /** Null: nobody answers. Whoever asks the person puts their question here; it is the only place that may. */
  askCredentials: ((challenge: AuthChallenge) => Promise<Credentials | null>) | null;
}
