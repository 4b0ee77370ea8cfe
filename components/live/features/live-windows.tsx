import { useStore } from "zustand";
import { CardButton } from "#components/live/features/question-card.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { liveFeatureStore } from "#lib/client/live/features/live-feature-store.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

const STATES = {
  secure: "The connection is encrypted and the certificate is valid.",
  insecure: "The connection is not encrypted: others can read and change what you send.",
  broken: "Something is wrong with the connection or its certificate. Do not type secrets here.",
  none: "There is no connection to judge.",
};

/** Source, certificate and the way out of full screen. */
export function LiveWindows({ tab }: { tab: LiveTab }) {
  const { panelId } = tab;
  const source = useStore(liveFeatureStore, (state) => state.source);
  const showsSecurity = useStore(liveFeatureStore, (state) => state.securityPanelId === panelId);
  const page = useStore(tab.store, (state) => state.page);
  const { security } = page;
  return (
    <>
      {page.fullscreen && (
        <div className="pointer-events-auto absolute inset-x-0 top-3 mx-auto w-fit">
          <CardButton onClick={() => runCommand("live.exitFullscreen", { panelId })}>
            Leave full screen
          </CardButton>
        </div>
      )}
      {source?.panelId === panelId && (
        <Dialog title="Page source" size="large" onClose={() => liveFeatureStore.setState({ source: null })}>
          <pre className="whitespace-pre-wrap font-mono text-xs [overflow-wrap:anywhere]">{source.text}</pre>
        </Dialog>
      )}
      {showsSecurity && (
        <Dialog
          title="Connection"
          size="small"
          onClose={() => liveFeatureStore.setState({ securityPanelId: null })}
        >
          <p className="pb-3 text-sm">{STATES[security.state]}</p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [overflow-wrap:anywhere]">
            <Fact name="Address" value={page.url} />
            <Fact name="Issued to" value={security.subject} />
            <Fact name="Issued by" value={security.issuer} />
            <Fact name="Valid until" value={security.validTo.slice(0, 10)} />
            <Fact name="Protocol" value={security.protocol} />
          </dl>
        </Dialog>
      )}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  if (!value) return null;
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
