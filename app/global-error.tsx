"use client";

import { FaultView } from "#components/browse/fault-view.tsx";
import "./globals.css";

/** A fault in the root layout. In place of Next's own page, whose inline style element our policy refuses. */
export default function GlobalErrorPage({ error }: { error: unknown; retry: () => void }) {
  return (
    <html lang="en" data-theme={chosenTheme()} suppressHydrationWarning>
      <body>
        {/* The layout itself failed, so the whole document is asked for again. */}
        <FaultView error={error} onRetry={() => window.location.reload()} />
      </body>
    </html>
  );
}

/** The layout, which reads the same cookie on the server, is what failed. */
function chosenTheme(): "light" | "dark" | undefined {
  if (typeof document === "undefined") return undefined;
  const theme = /(?:^|; )qui-theme=(light|dark)(?:;|$)/.exec(document.cookie)?.[1];
  return theme === "light" || theme === "dark" ? theme : undefined;
}
