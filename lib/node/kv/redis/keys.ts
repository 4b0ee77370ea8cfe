/** Values and tag indexes spread over this many cluster slots; a value shares a slot with the indexes that name it. */
export const PARTITIONS = 16;

/** Written in front of every key and channel; the number changes when the stored format does. */
export const KEY_PREFIX = "qui:1:";

/**
 * The names of everything in Redis. What one script touches together carries the
 * same `{…}`, so a cluster keeps it in one slot.
 */
export function createKeys(prefix: string) {
  return {
    value: (key: string) => `${prefix}{v${partitionOf(key)}}:${key}`,
    tag: (partition: number, tag: string) => `${prefix}{v${partition}}t:${tag}`,
    bucket: (key: string) => `${prefix}b:${key}`,
    exactWindow: (key: string) => `${prefix}w:${key}`,
    slicedWindow: (key: string) => `${prefix}s:${key}`,
    lock: (key: string) => `${prefix}{l:${inBraces(key)}}`,
    fence: (key: string) => `${prefix}{l:${inBraces(key)}}fence`,
    stream: (log: string) => `${prefix}{e:${inBraces(log)}}`,
    head: (log: string) => `${prefix}{e:${inBraces(log)}}head`,
    channel: (channel: string) => `${prefix}c:${channel}`,
  };
}

/** FNV-1a over UTF-16 units: spreads keys evenly enough, and every process computes the same. */
export function partitionOf(key: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < key.length; i++) hash = Math.imul(hash ^ key.charCodeAt(i), 0x01000193);
  return (hash >>> 0) % PARTITIONS;
}

/** A closing brace would end the hash tag early. */
function inBraces(name: string): string {
  return name.replaceAll("%", "%25").replaceAll("}", "%7D");
}
