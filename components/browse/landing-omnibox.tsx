"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect, useRef } from "react";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { registerWorker } from "#lib/client/pwa/register-worker.ts";
import { startSettings } from "#lib/client/store/settings-store.ts";

const importChoosing = () => import("#lib/client/commands/choose-suggestion.ts");

/**
 * The field of the landing page. Choosing starts the fetch at once; the frame comes
 * around it meanwhile. Before scripts have come, the form asks for the same by itself.
 */
export function LandingOmnibox() {
  const router = useRouter();
  useEffect(() => startSettings(), []);
  // It waits by itself until the page is at rest.
  useEffect(() => void registerWorker(), []);
  const library = useRef<Promise<() => void> | null>(null);
  useEffect(() => () => void library.current?.then((stop) => stop()), []);
  // What comes next is fetched once someone types: before that it would only slow this page down.
  const prepare = () => {
    router.prefetch("/space");
    library.current ??= startLibrary();
    // Without a connection it fails now and is asked for again when something is chosen.
    importChoosing().catch(() => undefined);
  };
  const form = useRef<HTMLFormElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, for what was typed before React took over
  useEffect(() => {
    if (form.current && new FormData(form.current).get("url") !== "") prepare();
  }, []);
  return (
    <search onKeyDown={prepare} onInput={prepare}>
      <form ref={form} action="/space" method="get" onSubmit={(event) => event.preventDefault()}>
        <Omnibox
          panelId={null}
          url=""
          variant="hero"
          autoFocus
          name="url"
          onChoose={async (suggestion, newTab) => {
            const choosing = await importChoosing().catch(() => null);
            // What a newer release has replaced, or no connection brings, is begun afresh as a document of its own.
            if (!choosing || (!navigator.onLine && "url" in suggestion)) {
              const url = "url" in suggestion ? `?url=${encodeURIComponent(suggestion.url)}` : "";
              window.location.assign(`/space${url}`);
              return;
            }
            choosing.chooseSuggestion(suggestion, { panelId: null, newTab });
            router.push("/space");
          }}
          before={<Search aria-hidden className="ms-5 me-3 size-5 shrink-0 text-muted" />}
        />
      </form>
    </search>
  );
}

/** What was read and kept is suggested here too; without it, what is typed is all there is. */
async function startLibrary(): Promise<() => void> {
  try {
    return await (await import("#lib/client/library/start-library.ts")).startLibrary();
  } catch {
    return () => {}; // No connection, or storage is switched off.
  }
}
