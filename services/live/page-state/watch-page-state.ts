import type { LivePageState } from "#lib/protocol/live.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";

const EMPTY: LivePageState = {
  url: "",
  title: "",
  icon: "",
  loading: true,
  progress: 0,
  canGoBack: false,
  canGoForward: false,
  history: { index: 0, length: 0 },
  scroll: { x: 0, y: 0 },
  fullscreen: false,
  security: { state: "none", issuer: "", subject: "", validTo: "", protocol: "" },
};

/** Tells the client what its bar shows: address, title, whether it loads, where back and forward lead. */
export async function watchPageState({ cdp, page, emit }: TabHost): Promise<TabPart> {
  let told = EMPTY;
  emit({ type: "state", state: EMPTY });

  function tell(change: Partial<LivePageState>): void {
    const next = { ...told, ...change };
    const changed = Object.entries(next).filter(
      ([key, value]) => JSON.stringify(value) !== JSON.stringify(told[key as keyof LivePageState]),
    );
    if (changed.length === 0) return;
    told = next;
    emit({ type: "state", state: Object.fromEntries(changed) });
  }

  async function readHistory(): Promise<void> {
    const { currentIndex, entries } = await cdp.send("Page.getNavigationHistory");
    const entry = entries[currentIndex];
    tell({
      url: entry?.url ?? page.url(),
      title: entry?.title ?? "",
      canGoBack: currentIndex > 0,
      canGoForward: currentIndex < entries.length - 1,
      history: { index: currentIndex, length: entries.length },
    });
  }
  const read = () =>
    void readHistory().catch(() => {
      // The page is gone; its own event ends the tab.
    });

  cdp.on("Page.frameNavigated", ({ frame }) => frame.parentId === undefined && read());
  cdp.on("Page.navigatedWithinDocument", read);
  cdp.on("Page.frameStartedLoading", () => tell({ loading: true, progress: 0.1 }));
  cdp.on("Page.domContentEventFired", () => {
    tell({ progress: 0.6 });
    read();
  });
  cdp.on("Page.loadEventFired", () => {
    tell({ loading: false, progress: 1 });
    read();
  });
  cdp.on("Page.frameStoppedLoading", () => tell({ loading: false, progress: 1 }));
  await cdp.send("Page.enable");
  return {};
}
