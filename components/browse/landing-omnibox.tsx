"use client";

import { Search } from "lucide-react";
import { useRouter } from "next/navigation";
import { useEffect } from "react";
import { Omnibox } from "#components/browse/omnibox.tsx";
import { chooseSuggestion } from "#lib/client/commands/choose-suggestion.ts";
import { startSettings } from "#lib/client/store/settings-store.ts";

/**
 * The field of the landing page. Choosing starts the fetch at once; the frame comes
 * around it meanwhile. Before scripts have come, the form asks for the same by itself.
 */
export function LandingOmnibox() {
  const router = useRouter();
  useEffect(() => startSettings(), []);
  return (
    // The frame is fetched once someone types: before that it would only slow this page down.
    <search onKeyDown={() => router.prefetch("/space")}>
      <form action="/space" method="get" onSubmit={(event) => event.preventDefault()}>
        <Omnibox
          panelId={null}
          url=""
          variant="hero"
          autoFocus
          name="url"
          onChoose={(suggestion, newTab) => {
            chooseSuggestion(suggestion, { panelId: null, newTab });
            router.push("/space");
          }}
          before={<Search aria-hidden className="ms-5 me-3 size-5 shrink-0 text-muted" />}
        />
      </form>
    </search>
  );
}
