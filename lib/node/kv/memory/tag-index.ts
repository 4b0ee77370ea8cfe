/** Which keys carry which tag. Kept in step with the values, so it never outgrows them. */
export function createTagIndex() {
  const keysByTag = new Map<string, Set<string>>();

  return {
    add(key: string, tags: readonly string[]): void {
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        if (keys) keys.add(key);
        else keysByTag.set(tag, new Set([key]));
      }
    },

    remove(key: string, tags: readonly string[]): void {
      for (const tag of tags) {
        const keys = keysByTag.get(tag);
        keys?.delete(key);
        if (keys?.size === 0) keysByTag.delete(tag);
      }
    },

    keys(tag: string): string[] {
      return [...(keysByTag.get(tag) ?? [])];
    },

    clear(): void {
      keysByTag.clear();
    },
  };
}
