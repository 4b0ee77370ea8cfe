"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { afterFirstPaint } from "#lib/client/store/after-first-paint.ts";
import { startSettings } from "#lib/client/store/settings-store.ts";

const importChoosing = () => import("#lib/client/commands/choose-suggestion.ts");

/**
 * The field of the landing page. Choosing starts the fetch at once; the frame comes
 * around it meanwhile. Before scripts have come, the form asks for the same by itself.
 */
export function LandingOmnibox() {
  const router = useRouter();
  useEffect(() => startSettings(), []);
  useEffect(() => afterFirstPaint(startRest), []);
  // What comes next is fetched once someone types: before that it would only slow this page down.
  const prepare = () => {
    router.prefetch("/space");
    // Without a connection it fails now and is asked for again when something is chosen.
    importChoosing().catch(() => undefined);
  };
  return (
    <search onKeyDown={prepare}>
      <form action="/space" method="get" onSubmit={(event) => event.preventDefault()}>
        <Omnibox
          panelId={null}
          url=""
          variant="hero"
          autoFocus
          name="url"
          onChoose={async (suggestion, newTab) => {
            const { chooseSuggestion } = await importChoosing();
            // Without a connection the frame is there only as a document of its own, which begins afresh.
            if (!navigator.onLine && "url" in suggestion) {
              window.location.assign(`/space?url=${encodeURIComponent(suggestion.url)}`);
              return;
            }
            chooseSuggestion(suggestion, { panelId: null, newTab });
            router.push("/space");
          }}
          before={<Search aria-hidden className="ms-5 me-3 size-5 shrink-0 text-muted" />}
        />
      </form>
    </search>
  );
}

/** What was read and kept is suggested here too, and the app is kept for opening without a connection. */
async function startRest(): Promise<() => void> {
  const [{ startLibrary }, { registerWorker }] = await Promise.all([
    import("#lib/client/library/start-library.ts"),
    import("#lib/client/pwa/register-worker.ts"),
  ]);
  void registerWorker();
  return startLibrary();
}
