import { CloudOff, LockKeyhole, LockOpen } from "lucide-react";
import type { ReactNode } from "react";
import { useStore } from "zustand";
import { LiveSiteReport } from "#components/browse/live-site-report.tsx";
import { PageInfoPanel } from "#components/document/page-info-panel.tsx";
import { TrackerReportPanel } from "#components/document/tracker-report-panel.tsx";
import { SiteSettingsForm } from "#components/library/site-settings-form.tsx";
import { openPage } from "#lib/client/commands/open-page.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { updateSiteSettings } from "#lib/client/library/site-settings.ts";
import { applySiteZoom } from "#lib/client/pages/apply-site-zoom.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { updateSettings } from "#lib/client/store/settings-store.ts";
import { siteSettingsStore } from "#lib/client/store/site-settings-store.ts";
import { siteOf } from "#lib/core/library/site-settings.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";
import { findPagePanel } from "#lib/core/space/session.ts";
import type { Page } from "#lib/protocol/pages.ts";

/** What is known about the page in front: how it came, who wanted to watch, and what came of that. */
export function SiteReport({ onClose }: { onClose: () => void }) {
  const view = useStore(browserStore, ({ session, views }) => views[session.activeId ?? ""]?.view);
  const activeId = useStore(browserStore, ({ session }) => session.activeId);
  const finalUrl = view?.status === "ready" ? view.page.document.source.finalUrl : "";
  const host = siteOf(finalUrl);
  const site = useStore(siteSettingsStore, ({ sites }) => sites.find((other) => other.host === host));
  const live = useStore(browserStore, ({ session }) => {
    const panel = findPagePanel(session, session.activeId);
    return panel?.state.engine === "live" ? panel.state.url : null;
  });
  if (live !== null && activeId) return <LiveSiteReport panelId={activeId} url={live} />;
  if (view?.status !== "ready")
    return <p className="text-muted">There is nothing to report until the page has loaded.</p>;
  const { page } = view;
  const isSearch = page.document.kind === "search";
  const address = describeAddress(page.document.source.finalUrl);
  const secure = address.security === "secure";
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h2 className="text-base font-semibold break-words">{isSearch ? "Search results" : address.main}</h2>
        <p className="text-xs text-muted">{whence(page)}</p>
      </div>
      {!isSearch && (
        <Fact icon={secure ? <LockKeyhole className="text-good" /> : <LockOpen className="text-warn" />}>
          {secure
            ? "Qui’s server fetched it over an encrypted connection and checked the certificate."
            : "Qui’s server fetched it over an unencrypted connection: others on the way could have read or changed it."}
        </Fact>
      )}
      <Fact icon={<CloudOff className="text-good" />}>
        No script of the page ran, and {isSearch ? "the search service" : "the site"} has seen Qui’s server
        instead of your device.
      </Fact>
      <hr className="border-line" />
      <TrackerReportPanel
        trackers={page.trackers}
        page={page}
        {...(host && !isSearch ? { siteLevel: site?.trackerLevel ?? null } : {})}
        onLevelChange={async (level, scope) => {
          if (scope === "site" && host) await updateSiteSettings(host, { trackerLevel: level });
          else updateSettings({ trackerLevel: level ?? "standard" });
          runCommand("page.reload");
        }}
      />
      {host && !isSearch && (
        <section aria-label={`Settings for ${host}`} className="flex flex-col gap-2">
          <h3 className="font-semibold">Settings for {host}</h3>
          <SiteSettingsForm
            host={host}
            onChange={({ zoom }) => {
              if (zoom === null) runCommand("page.zoomReset");
              else if (zoom !== undefined && activeId) applySiteZoom(activeId, finalUrl);
            }}
          />
        </section>
      )}
      <hr className="border-line" />
      <PageInfoPanel
        page={page}
        onOpenLink={(href) => {
          onClose();
          openPage(href, { disposition: "new-tab" });
        }}
      />
      <button
        type="button"
        className="self-start text-sm font-medium text-accent underline-offset-4 hover:underline"
        onClick={() => {
          onClose();
          runCommand("settings.open");
        }}
      >
        Privacy settings
      </button>
    </div>
  );
}

function Fact({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex gap-3 [&>svg]:mt-0.5 [&>svg]:size-4 [&>svg]:shrink-0">
      {icon}
      <span>{children}</span>
    </p>
  );
}

function whence({ cache, document }: Page): string {
  const time = new Date(document.source.fetchedAt).toLocaleTimeString([], {
    hour: "2-digit",
    minute: "2-digit",
  });
  switch (cache) {
    case "miss":
      return `Fetched from the site at ${time}`;
    case "revalidated":
      return `Unchanged since ${time}, as the site just said`;
    case "stale":
      return `Qui’s copy from ${time}; the site did not answer`;
    case "hit":
      return `Qui’s copy from ${time}`;
  }
}
