"use client";

import { useEffect, useState } from "react";
import { hostOf } from "#lib/core/reading/link-target.ts";

/** From when on waiting is spoken of, and can be ended. */
const PATIENCE_MS = 1000;
const SLOW_MS = 8000;

export function LoadingView({
  url,
  startedAt,
  onCancel,
}: {
  url: string;
  startedAt: number;
  onCancel: () => void;
}) {
  const elapsed = useElapsed(startedAt);
  const name = hostOf(url) || "an answer";
  return (
    <div className="qui-loading">
      <div className="qui-progress" role="progressbar" aria-label={`Loading ${name}`}>
        <span />
      </div>
      <div className="qui-skeleton" aria-hidden="true">
        <span data-shape="site" />
        <span data-shape="title" />
        <span data-shape="title-end" />
        <span data-shape="meta" />
        <span data-shape="full" />
        <span data-shape="full" />
        <span data-shape="full" />
        <span data-shape="end" />
        <span data-shape="picture" />
        <span data-shape="full" />
        <span data-shape="full" />
        <span data-shape="end" />
      </div>
      {elapsed >= PATIENCE_MS && (
        <div className="qui-waiting">
          <p>
            {elapsed < SLOW_MS ? `Waiting for ${name}` : `${name} is slow to answer`}
            <span aria-hidden="true"> · {Math.floor(elapsed / 1000)} s</span>
          </p>
          <button type="button" className="qui-button" onClick={onCancel}>
            Cancel
          </button>
        </div>
      )}
    </div>
  );
}

function useElapsed(startedAt: number): number {
  const [elapsed, setElapsed] = useState(0);
  useEffect(() => {
    const update = (): void => setElapsed(Math.max(0, Date.now() - startedAt));
    update();
    const timer = setInterval(update, 1000);
    return () => clearInterval(timer);
  }, [startedAt]);
  return elapsed;
}
