/** Blocks that show only a part of themselves (long tables) until someone wants all: by a button, a search, a citation. */
export interface ExpandedBlocks {
  has(blockId: string): boolean;
  add(blockId: string): void;
  subscribe(listener: () => void): () => void;
}

export function createExpandedBlocks(): ExpandedBlocks {
  const ids = new Set<string>();
  const listeners = new Set<() => void>();
  return {
    has: (blockId) => ids.has(blockId),
    add: (blockId) => {
      if (ids.has(blockId)) return;
      ids.add(blockId);
      for (const listener of listeners) listener();
    },
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
