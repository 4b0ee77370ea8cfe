import { blockText } from "#lib/core/document/block-text.ts";
import type { Block } from "#lib/protocol/document.ts";

/**
 * Gives every block, nested ones included, its stable id: a hash of its type and
 * text, with its place among equals. A page fetched again keeps the ids of what
 * did not change, so pinned passages and citations survive. Mutates and returns
 * `blocks`.
 */
export function identifyBlocks(blocks: Block[]): Block[] {
  const seen = new Map<string, number>();
  const visit = (list: Block[]): void => {
    for (const block of list) {
      const hash = hashText(`${block.type}\n${identityText(block)}`);
      const place = seen.get(hash) ?? 0;
      seen.set(hash, place + 1);
      block.id = place === 0 ? hash : `${hash}-${place}`;
      if (block.type === "list") block.items.forEach(visit);
      else if ("blocks" in block) visit(block.blocks);
    }
  };
  visit(blocks);
  return blocks;
}

/** Blocks without text of their own are told apart by what they show. */
function identityText(block: Block): string {
  switch (block.type) {
    case "image":
    case "video":
      return `${block.media}\n${blockText(block)}`;
    case "embed":
      return block.url;
    case "card":
      return `${block.href}\n${block.title}`;
    case "pageBreak":
      return String(block.page);
    default:
      return blockText(block);
  }
}

/**
 * 53-bit cyrb53 hash in base 36. Not cryptographic: a collision costs only a
 * `-1` suffix, never a wrong rendering.
 */
export function hashText(text: string): string {
  let h1 = 0xdeadbeef;
  let h2 = 0x41c6ce57;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    h1 = Math.imul(h1 ^ unit, 2654435761);
    h2 = Math.imul(h2 ^ unit, 1597334677);
  }
  h1 = Math.imul(h1 ^ (h1 >>> 16), 2246822507) ^ Math.imul(h2 ^ (h2 >>> 13), 3266489909);
  h2 = Math.imul(h2 ^ (h2 >>> 16), 2246822507) ^ Math.imul(h1 ^ (h1 >>> 13), 3266489909);
  return (4294967296 * (2097151 & h2) + (h1 >>> 0)).toString(36);
}
