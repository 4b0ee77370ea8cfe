import { useStore } from "zustand";
import { CardButton } from "#components/live/features/question-card.tsx";
import { Dialog } from "#components/ui/dialog.tsx";
import { runCommand } from "#lib/client/commands/registry.ts";
import { liveFeatureStore } from "#lib/client/live/features/live-feature-store.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { connectionFacts, connectionSentence } from "#lib/core/live/connection-facts.ts";

/** Source, certificate and the way out of full screen. */
export function LiveWindows({ tab }: { tab: LiveTab }) {
  const { panelId } = tab;
  const source = useStore(liveFeatureStore, (state) => state.source);
  const showsSecurity = useStore(liveFeatureStore, (state) => state.securityPanelId === panelId);
  const page = useStore(tab.store, (state) => state.page);
  return (
    <>
      {page.fullscreen && (
        <div className="pointer-events-auto absolute inset-x-0 top-3 mx-auto w-fit rounded-control shadow-float">
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
          <p className="pb-3 text-sm">{connectionSentence(page.security)}</p>
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm [overflow-wrap:anywhere]">
            {connectionFacts(page).map(([name, value]) => (
              <Fact key={name} name={name} value={value} />
            ))}
          </dl>
        </Dialog>
      )}
    </>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted">{name}</dt>
      <dd>{value}</dd>
    </>
  );
}
