import { RotateCw } from "lucide-react";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";

/** The person ended loading before anything had come. */
export function StoppedView({ url, onRetry }: { url: string; onRetry: () => void }) {
  return (
    <div className="grid size-full place-items-center p-6 text-center" role="status">
      <div className="flex max-w-sm flex-col items-center gap-3">
        <h1 className="text-lg font-semibold">Loading was stopped</h1>
        <p className="text-sm text-muted">Nothing of {describeAddress(url).main} has been shown.</p>
        <button
          type="button"
          onClick={onRetry}
          className="flex min-h-10 items-center gap-2 rounded-control bg-accent px-4 text-sm font-medium text-on-accent hover:opacity-90"
        >
          <RotateCw aria-hidden className="size-4" />
          Load it again
        </button>
      </div>
    </div>
  );
}
