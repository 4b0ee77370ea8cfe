import type { ErrorCode } from "#lib/protocol/errors.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** What a page panel shows at the moment. */
export type PageViewState =
  | { status: "loading"; url: string /** Epoch milliseconds. */; startedAt: number }
  | {
      status: "ready";
      page: Page /** ISO 8601: this is the copy saved on the device then. */;
      savedAt?: string;
    }
  | { status: "failed"; url: string; error: { code: ErrorCode; message: string; requestId: string } }
  | { status: "offline"; url: string; savedCopy: boolean };

/** What a person asked for inside a page that only the space around it can do. */
export type PageAction =
  | { type: "cancel" }
  | { type: "reload" }
  | { type: "edit-address" }
  | { type: "search"; query: string }
  | { type: "open-start-page"; url: string }
  | { type: "open-live"; url: string }
  | { type: "open-saved-copy"; url: string };
