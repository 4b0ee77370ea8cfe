import type { Block, CardBlock, ImageBlock } from "#lib/protocol/document.ts";

/** What is laid out as one: neighbouring cards, three or more bare pictures in a row, or a block by itself. */
export type BlockGroup =
  | { kind: "cards"; cards: CardBlock[] }
  | { kind: "gallery"; images: ImageBlock[] }
  | { kind: "block"; block: Exclude<Block, CardBlock> };

const GALLERY_MIN = 3;
/** Cards laid out as one; divisible by 2, 3 and 4, so that rows of a grid are full. */
const CARDS_MAX = 48;

export function groupBlocks(blocks: readonly Block[]): BlockGroup[] {
  const groups: BlockGroup[] = [];
  for (let index = 0; index < blocks.length; ) {
    const block = blocks[index];
    if (!block) break;
    if (block.type === "card") {
      const cards = takeWhile(blocks, index, (next) => next.type === "card").slice(
        0,
        CARDS_MAX,
      ) as CardBlock[];
      groups.push({ kind: "cards", cards });
      index += cards.length;
      continue;
    }
    const images = isBareImage(block) ? (takeWhile(blocks, index, isBareImage) as ImageBlock[]) : [];
    if (images.length >= GALLERY_MIN) {
      groups.push({ kind: "gallery", images });
      index += images.length;
    } else {
      groups.push({ kind: "block", block });
      index++;
    }
  }
  return groups;
}

export function firstBlock(group: BlockGroup): Block | undefined {
  if (group.kind === "block") return group.block;
  return group.kind === "cards" ? group.cards[0] : group.images[0];
}

function takeWhile(blocks: readonly Block[], from: number, test: (block: Block) => boolean): Block[] {
  let to = from;
  for (let next = blocks[to]; next && test(next); next = blocks[to]) to++;
  return blocks.slice(from, to);
}

function isBareImage(block: Block): boolean {
  return block.type === "image" && block.caption.length === 0;
}
