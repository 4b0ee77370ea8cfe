/**
 * A queue of queues: each group (a visitor) waits in its own line, and the lines
 * take turns, so that whoever brings two hundred slow pictures delays everyone
 * else by one.
 */
export interface FairQueue<Item> {
  readonly size: number;
  push(group: string, item: Item): void;
  /** The next item of the group whose turn it is, of those that `mayRun` admits; undefined when there is none. */
  shift(mayRun: (group: string) => boolean): { group: string; item: Item } | undefined;
  /** False when the item was not waiting. */
  remove(group: string, item: Item): boolean;
  /** Empties the queue. */
  drain(): Item[];
}

export function createFairQueue<Item>(): FairQueue<Item> {
  const lines = new Map<string, Item[]>();
  let size = 0;
  return {
    get size() {
      return size;
    },
    push(group, item) {
      const line = lines.get(group);
      if (line) line.push(item);
      else lines.set(group, [item]);
      size += 1;
    },
    shift(mayRun) {
      for (const [group, line] of lines) {
        if (!mayRun(group)) continue;
        const item = line.shift();
        lines.delete(group);
        if (line.length > 0) lines.set(group, line);
        if (item === undefined) continue;
        size -= 1;
        return { group, item };
      }
      return undefined;
    },
    remove(group, item) {
      const line = lines.get(group);
      const place = line?.indexOf(item) ?? -1;
      if (!line || place < 0) return false;
      line.splice(place, 1);
      if (line.length === 0) lines.delete(group);
      size -= 1;
      return true;
    },
    drain() {
      const items = [...lines.values()].flat();
      lines.clear();
      size = 0;
      return items;
    },
  };
}
