"use client";

import { FaultView } from "#components/browse/fault-view.tsx";

/** A fault in drawing a page of Qui's own. */
export default function ErrorPage({ error, retry }: { error: unknown; retry: () => void }) {
  return <FaultView error={error} onRetry={retry} />;
}
