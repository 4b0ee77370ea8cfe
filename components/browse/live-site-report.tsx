import {
  Box,
  CloudOff,
  LockKeyhole,
  LockOpen,
  ShieldCheck,
  TriangleAlert,
  Volume2,
  VolumeX,
} from "lucide-react";
import type { ReactNode } from "react";
import { useSound } from "#components/browse/sound-button.tsx";
import { SiteSettingsForm } from "#components/library/site-settings-form.tsx";
import { useLiveState } from "#components/live/use-live-tab.ts";
import { runCommand } from "#lib/client/commands/registry.ts";
import { canPlaySound } from "#lib/client/live/sound/sound-output.ts";
import { applySiteZoom } from "#lib/client/pages/apply-site-zoom.ts";
import { siteOf } from "#lib/core/library/site-settings.ts";
import { describeAddress } from "#lib/core/omnibox/describe-address.ts";
import type { LivePageState } from "#lib/protocol/live-server-message.ts";

/** What is known about a live page: how it came, where it runs, and who wanted to watch. */
export function LiveSiteReport({ panelId, url }: { panelId: string; url: string }) {
  const security = useLiveState(panelId, ({ page }) => page.security);
  const trackers = useLiveState(panelId, (state) => state.trackers);
  const sandboxed = useLiveState(panelId, (state) => state.sandboxed);
  const host = siteOf(url);
  return (
    <div className="flex flex-col gap-4">
      <div>
        <h2 className="text-base font-semibold break-words">{describeAddress(url).main}</h2>
        <p className="text-xs text-muted">Live, in a browser on Qui’s server</p>
      </div>
      {security && <Security security={security} url={url} />}
      <Fact icon={<CloudOff className="text-good" />}>
        Its scripts run on Qui’s server. The site sees that server and a device that looks like everybody’s,
        never yours.
      </Fact>
      {sandboxed === false && (
        <Fact icon={<Box className="text-warn" />}>
          Chromium’s sandbox is off on this server, as it runs as root: do not open pages you do not trust.
        </Fact>
      )}
      <Volume panelId={panelId} />
      <hr className="border-line" />
      <section aria-label="Trackers" className="flex flex-col gap-2">
        <Fact icon={<ShieldCheck className="text-good" />}>
          {trackers && trackers.count > 0
            ? `${trackers.count} ${trackers.count === 1 ? "request" : "requests"} to trackers kept away.`
            : "No tracker has been asked for so far."}
        </Fact>
        {trackers && trackers.entities.length > 0 && (
          <ul className="ms-7 flex flex-col gap-1 text-muted">
            {trackers.entities.slice(0, 12).map((entity) => (
              <li key={`${entity.name} ${entity.category}`} className="flex justify-between gap-4">
                <span className="truncate">
                  {entity.name} <span className="text-xs">{entity.category}</span>
                </span>
                <span className="tabular-nums">{entity.count}</span>
              </li>
            ))}
          </ul>
        )}
      </section>
      {host && (
        <section aria-label={`Settings for ${host}`} className="flex flex-col gap-2">
          <h3 className="font-semibold">Settings for {host}</h3>
          <SiteSettingsForm
            host={host}
            onChange={({ zoom }) => {
              if (zoom === null) runCommand("page.zoomReset");
              else if (zoom !== undefined) applySiteZoom(panelId, url);
            }}
          />
        </section>
      )}
    </div>
  );
}

/** How loud the page is heard, whether it sounds now or later. */
function Volume({ panelId }: { panelId: string }) {
  const { muted, volume } = useSound(panelId);
  if (!canPlaySound())
    return <Fact icon={<VolumeX />}>This browser cannot play the sound of live pages.</Fact>;
  const percent = Math.round((muted ? 0 : volume) * 100);
  return (
    <label className="flex items-center gap-3">
      <Volume2 aria-hidden className="size-4 shrink-0" />
      Volume
      <input
        type="range"
        min={0}
        max={100}
        step={5}
        value={percent}
        aria-valuetext={percent === 0 ? "muted" : `${percent} %`}
        onChange={({ target }) => runCommand("page.volume", { panelId, text: target.value })}
        className="min-w-0 flex-1 accent-accent pointer-coarse:min-h-11"
      />
    </label>
  );
}

function Security({ security, url }: { security: LivePageState["security"]; url: string }) {
  const { state, issuer, subject, validTo, protocol } = security;
  if (state === "broken") {
    return (
      <Fact icon={<TriangleAlert className="text-bad" />}>
        The connection to the site is not safe: its certificate or parts of the page could not be trusted.
      </Fact>
    );
  }
  if (state === "secure" || (state === "none" && url.startsWith("https:"))) {
    return (
      <Fact icon={<LockKeyhole className="text-good" />}>
        The server reached the site over an encrypted connection{protocol && ` (${protocol})`}.
        {subject &&
          ` Certificate for ${subject}${issuer && `, issued by ${issuer}`}${validTo && `, until ${validTo.slice(0, 10)}`}.`}
      </Fact>
    );
  }
  return (
    <Fact icon={<LockOpen className="text-warn" />}>
      The server reached the site over an unencrypted connection: others on the way could read or change it.
    </Fact>
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
