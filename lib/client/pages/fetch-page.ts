import type { ErrorCode } from "#lib/protocol/errors.ts";
import type { Page, TrackerLevel } from "#lib/protocol/pages.ts";

export interface FetchPageOptions {
  url: string;
  level: TrackerLevel;
  /** `reload` asks the site whether the page changed. */
  mode: "default" | "reload";
  signal: AbortSignal;
  /** Called once Qui's server has begun to answer. */
  onReceiving?: () => void;
}

export type PageOutcome =
  | { status: "ready"; page: Page }
  | { status: "failed"; error: { code: ErrorCode; message: string; requestId: string } }
  | { status: "offline" }
  /** Stopped by the person, or because something else was opened in its place. */
  | { status: "aborted" };

/** Longer than the server's own limits, so that its sentence arrives before ours. */
const TIMEOUT_MS = 60_000;

/** Asks Qui's server for a page. Never throws: every way it can end is an outcome. */
export async function fetchPage({
  url,
  level,
  mode,
  signal,
  onReceiving,
}: FetchPageOptions): Promise<PageOutcome> {
  const query = new URLSearchParams({ url, level, mode });
  const timeout = AbortSignal.timeout(TIMEOUT_MS);
  try {
    const response = await fetch(`/api/pages?${query}`, {
      headers: { accept: "application/json" },
      signal: AbortSignal.any([signal, timeout]),
    });
    onReceiving?.();
    const body: unknown = await response.json().catch((error: unknown) => {
      // Stopped while reading is not the same as an answer that is no JSON.
      if (signal.aborted || timeout.aborted) throw error;
      return null;
    });
    if (response.ok && isPage(body)) return { status: "ready", page: body };
    return { status: "failed", error: readError(body, response) };
  } catch {
    if (signal.aborted) return { status: "aborted" };
    if (timeout.aborted) {
      return fail("timed_out", "The site took too long to answer. Try again in a moment.");
    }
    if (!navigator.onLine) return { status: "offline" };
    return fail("unavailable", "Qui's server did not answer. Check your connection, then try again.");
  }
}

function fail(code: ErrorCode, message: string): PageOutcome {
  return { status: "failed", error: { code, message, requestId: "" } };
}

/**
 * A light look rather than the whole schema: the answer comes from our own origin,
 * which has checked every field of it, and the schema library would be the largest
 * part of what the first screen downloads. What is looked at is what the frame
 * itself reads.
 */
function isPage(body: unknown): body is Page {
  if (typeof body !== "object" || body === null || !("document" in body) || !("trackers" in body))
    return false;
  const { document } = body as Partial<Page>;
  return (
    typeof document?.title === "string" &&
    typeof document.source?.finalUrl === "string" &&
    Array.isArray(document.blocks)
  );
}

function readError(
  body: unknown,
  response: Response,
): { code: ErrorCode; message: string; requestId: string } {
  const error = (body as { error?: Partial<Record<string, unknown>> } | null)?.error;
  if (typeof error?.code === "string" && typeof error.message === "string") {
    const requestId = typeof error.requestId === "string" ? error.requestId : "";
    return { code: error.code as ErrorCode, message: error.message, requestId };
  }
  // Something between us and the server answered in its place, such as a proxy.
  const requestId = response.headers.get("x-request-id") ?? "";
  return { code: "unavailable", message: "Qui is busy or starting. Try again in a moment.", requestId };
}
