import { useEffect, useState } from "react";
import type { PanelLoad } from "#lib/client/store/browser-store.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";

/** Faster answers need no word. */
const PATIENCE_MS = 1000;

/**
 * The line along the top of a panel while its next page is on the way. It has two
 * honest stages, asking and receiving; within the first it slows down as it goes, as
 * nobody knows how long a site will take, and it claims no percentage. Its word stands
 * in the corner where browsers have it, out of the way of what is being read.
 */
export function LoadLine({ load }: { load: PanelLoad }) {
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), PATIENCE_MS - (Date.now() - load.startedAt));
    return () => clearTimeout(timer);
  }, [load.startedAt]);
  const { main } = describeAddress(load.url);
  return (
    <>
      <div
        className="pointer-events-none absolute inset-x-0 top-0 z-20"
        role="progressbar"
        aria-label={`Loading ${main}`}
      >
        <div
          data-stage={load.stage}
          className="h-0.5 origin-left bg-accent transition-transform duration-300 ease-out data-[stage=contacting]:animate-[approach_12s_cubic-bezier(0,0.7,0.2,1)_forwards] data-[stage=receiving]:scale-x-95 rtl:origin-right"
        />
      </div>
      {late && (
        <p className="pointer-events-none absolute start-3 bottom-3 z-5 max-w-[calc(100%-24px)] animate-fade truncate rounded-full bg-raised px-3 py-1 text-xs text-muted shadow-float">
          {load.stage === "contacting" ? `Waiting for ${main}` : `Receiving ${main}`}
        </p>
      )}
    </>
  );
}
