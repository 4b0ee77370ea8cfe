import { RotateCw, ServerCrash } from "lucide-react";

interface FaultViewProps {
  /** What was thrown. Nothing of it is shown but the digest, which finds it in the server's log. */
  error: unknown;
  onRetry: () => void;
}

/** In place of all of Qui, when drawing it failed: what happened, what is safe, and the ways on. */
export function FaultView({ error, onRetry }: FaultViewProps) {
  const digest = digestOf(error);
  return (
    <main className="mx-auto flex min-h-dvh max-w-md flex-col items-center justify-center gap-4 px-6 py-12 text-center">
      <title>Something went wrong – Qui</title>
      <ServerCrash aria-hidden className="size-9 text-faint" strokeWidth={1.5} />
      <div role="alert" className="flex flex-col gap-4">
        <h1 className="text-xl font-semibold tracking-tight">Qui could not be drawn</h1>
        <p className="text-muted">
          The fault is Qui’s, not the page’s. Your tabs are kept on this device and come back.
        </p>
      </div>
      <div className="mt-2 flex flex-wrap justify-center gap-3">
        <button
          type="button"
          onClick={onRetry}
          className="flex min-h-11 items-center gap-2 rounded-control bg-accent px-5 text-sm font-medium text-on-accent hover:opacity-90"
        >
          <RotateCw aria-hidden className="size-4" />
          Try again
        </button>
        {/* A link of the document, not of the router: whatever broke is left behind with the window's memory. */}
        <a
          href="/"
          className="flex min-h-11 items-center rounded-control border border-line px-5 text-sm font-medium hover:bg-hover"
        >
          Go to the start
        </a>
      </div>
      {digest && (
        <p className="mt-2 text-xs text-muted">
          Fault <code className="font-mono">{digest}</code>
        </p>
      )}
    </main>
  );
}

/** Next gives faults of the server a digest; only its own form is let through to the screen. */
function digestOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("digest" in error)) return null;
  const { digest } = error;
  return typeof digest === "string" && /^[\w@-]{1,64}$/.test(digest) ? digest : null;
}
