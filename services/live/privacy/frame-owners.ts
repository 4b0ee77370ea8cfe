import type { GuardedTab } from "#services/live/privacy/guarded-tab.ts";

interface TargetInfo {
  targetId: string;
  type: string;
  openerId?: string | undefined;
  parentFrameId?: string | undefined;
  parentId?: string | undefined;
}

/** Which tab a frame or worker belongs to: frames know their parents, windows their openers. */
export interface FrameOwners {
  addTab(targetId: string, tab: GuardedTab): void;
  addTarget(target: TargetInfo): void;
  addFrame(frameId: string, parentId: string): void;
  remove(id: string): void;
  /** @param referrer Tells of a frame that nobody announced. */
  find(frameId: string, referrer: string | undefined): GuardedTab | null;
  isPage(frameId: string): boolean;
}

/** A page may nest frames as deep as it likes. */
const DEPTH_MAX = 64;
/** Beyond this the oldest frames are forgotten; their requests are judged by their referrer. */
const FRAMES_MAX = 20_000;

export function createFrameOwners(): FrameOwners {
  const tabs = new Map<string, GuardedTab>();
  const parents = new Map<string, string>();
  const pages = new Set<string>();

  function addFrame(frameId: string, parentId: string): void {
    parents.delete(frameId);
    parents.set(frameId, parentId);
    const oldest = parents.size > FRAMES_MAX ? parents.keys().next().value : undefined;
    if (oldest !== undefined) parents.delete(oldest);
  }

  return {
    addTab: (targetId, tab) => void tabs.set(targetId, tab),
    addTarget({ targetId, type, openerId, parentFrameId, parentId }) {
      if (type === "page") pages.add(targetId);
      const parent = parentFrameId ?? parentId ?? openerId;
      if (parent !== undefined) addFrame(targetId, parent);
    },
    addFrame,
    remove(id) {
      tabs.delete(id);
      parents.delete(id);
      pages.delete(id);
    },
    find(frameId, referrer) {
      let id: string | undefined = frameId;
      for (let depth = 0; id !== undefined && depth < DEPTH_MAX; depth += 1) {
        const tab = tabs.get(id);
        if (tab) return tab;
        id = parents.get(id);
      }
      const origin = URL.parse(referrer ?? "")?.origin;
      for (const tab of tabs.values()) if (origin && URL.parse(tab.pageUrl)?.origin === origin) return tab;
      return null;
    },
    isPage: (frameId) => pages.has(frameId),
  };
}
