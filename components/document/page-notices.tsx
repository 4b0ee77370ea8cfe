"use client";

import { CloudOff, HardDriveDownload, Sparkles, Zap } from "lucide-react";
import type { ReactNode } from "react";
import { DateTime } from "#components/document/date-time.tsx";
import { hostOf } from "#lib/core/reading/link-target.ts";
import type { PageAction } from "#lib/core/reading/page-view-state.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** What a reader should know before trusting what stands below: parts missing, an old copy, a saved copy. */
export function PageNotices({
  page,
  savedAt,
  onAction,
}: {
  page: Page;
  savedAt: string | undefined;
  onAction: (action: PageAction) => void;
}) {
  const { source } = page.document;
  return (
    <>
      {savedAt && (
        <Notice icon={<HardDriveDownload aria-hidden="true" size={18} />}>
          <p>
            Your saved copy from <DateTime iso={savedAt} hasTime />.
          </p>
        </Notice>
      )}
      {page.cache === "stale" && !savedAt && (
        <Notice icon={<CloudOff aria-hidden="true" size={18} />}>
          <p>
            {hostOf(source.finalUrl)} did not answer, so this is Qui’s copy from{" "}
            <DateTime iso={source.fetchedAt} hasTime />.
          </p>
          <button type="button" onClick={() => onAction({ type: "reload" })}>
            Try again
          </button>
        </Notice>
      )}
      {page.fromLive && (
        <Notice icon={<Zap aria-hidden="true" size={18} />}>
          <p>
            Made from the live page, as it was on <DateTime iso={source.fetchedAt} hasTime />. Pictures that
            the site shows only to you may be missing.
          </p>
          <button type="button" onClick={() => onAction({ type: "open-live", url: source.finalUrl })}>
            {savedAt ? "Open live" : "Back to the live page"}
          </button>
        </Notice>
      )}
      {page.needsLive && (
        <Notice icon={<Sparkles aria-hidden="true" size={18} />}>
          <p>
            This page builds itself with JavaScript, which the reader does not run, so parts of it are missing
            here. Live, it runs in a browser on Qui’s server and shows all of it.
          </p>
          <button type="button" onClick={() => onAction({ type: "open-live", url: source.finalUrl })}>
            Open live
          </button>
        </Notice>
      )}
    </>
  );
}

function Notice({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <aside className="qui-notice" data-chrome="" dir="ltr" lang="en">
      <div>
        {icon}
        {children}
      </div>
    </aside>
  );
}

/** A link to the site itself, which will see the visitor's device: the label has to say that it leaves Qui. */
export function LeaveLink({ href, children }: { href: string; children: ReactNode }) {
  return (
    <a
      href={href}
      target="_blank"
      rel="noopener noreferrer"
      title="Opens in your own browser, where the site sees your device"
    >
      {children}
    </a>
  );
}
