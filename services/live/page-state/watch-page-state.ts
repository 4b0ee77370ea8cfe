import type { LivePageState } from "#lib/protocol/live-server-message.ts";
import type { TabHost, TabPart } from "#services/live/tab/tab-host.ts";
import { getPageWorld } from "#services/live/world/page-world.ts";

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
  audible: false,
  security: { state: "none", issuer: "", subject: "", validTo: "", protocol: "" },
};

/** Tells the client what its bar shows: address, title, whether it loads, where back and forward lead. */
export async function watchPageState(host: TabHost): Promise<TabPart> {
  const { cdp, page, emit } = host;
  const mainFrameId = (await cdp.send("Page.getFrameTree")).frameTree.frame.id;
  const world = await getPageWorld(host);
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
    // Chromium's own empty page before the first address, until it is forgotten.
    const own = currentIndex > 0 && entries[0]?.url === "about:blank" ? 1 : 0;
    const [index, length] = [currentIndex - own, entries.length - own];
    tell({
      url: entry?.url ?? page.url(),
      title: entry?.title ?? "",
      canGoBack: index > 0,
      canGoForward: index < length - 1,
      history: { index, length },
    });
  }
  const read = () =>
    void readHistory().catch(() => {
      // The page is gone; its own event ends the tab.
    });

  cdp.on("Page.frameNavigated", ({ frame }) => frame.parentId === undefined && read());
  cdp.on("Page.navigatedWithinDocument", read);
  // Frames inside the page come and go without the page being loaded again.
  cdp.on("Page.frameStartedLoading", ({ frameId }) => {
    if (frameId === mainFrameId) tell({ loading: true, progress: 0.1 });
  });
  cdp.on("Page.domContentEventFired", () => {
    tell({ progress: 0.6 });
    read();
  });
  cdp.on("Page.loadEventFired", () => {
    tell({ loading: false, progress: 1 });
    read();
  });
  cdp.on("Page.frameStoppedLoading", ({ frameId }) => {
    if (frameId === mainFrameId) tell({ loading: false, progress: 1 });
  });
  // A page gives itself another title without going anywhere.
  world.listen((report, frame) => {
    if (report.kind === "title" && frame.isMain) tell({ title: report.title });
  });
  await cdp.send("Page.enable");
  if (page.url() !== "" && page.url() !== "about:blank") {
    // A window that a page opened stood before anybody watched it.
    read();
    const { result } = await cdp.send("Runtime.evaluate", { expression: "document.readyState" });
    if (result.value === "complete") tell({ loading: false, progress: 1 });
  }
  return {};
}
