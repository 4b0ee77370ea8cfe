"use client";

import { memo, type ReactNode } from "react";
import { CardGroup } from "#components/document/blocks/card-group.tsx";
import { CodeView } from "#components/document/blocks/code-view.tsx";
import { EmbedView } from "#components/document/blocks/embed-view.tsx";
import { ImageView } from "#components/document/blocks/image-view.tsx";
import { MathView } from "#components/document/blocks/math-view.tsx";
import { PostView } from "#components/document/blocks/post-view.tsx";
import { TableView } from "#components/document/blocks/table-view.tsx";
import { VideoView } from "#components/document/blocks/video-view.tsx";
import { useDocument } from "#components/document/document-context.ts";
import { RunList } from "#components/document/run-list.tsx";
import type { Block, CardBlock, HeadingBlock, ListBlock } from "#lib/protocol/document.ts";

/** Blocks in order; neighbouring cards stand together as one list, three or more pictures in a row as a gallery. */
export function BlockList({
  blocks,
  isGallery = false,
}: {
  blocks: readonly Block[];
  isGallery?: boolean;
}): ReactNode {
  const drawn: ReactNode[] = [];
  for (let index = 0; index < blocks.length; index++) {
    const block = blocks[index];
    if (block?.type === "card") {
      const cards: CardBlock[] = [];
      for (let next = blocks[index]; next?.type === "card"; next = blocks[++index]) cards.push(next);
      index--;
      drawn.push(<CardGroup key={block.id} cards={cards} />);
    } else if (block?.type === "image" && !isGallery && startsGallery(blocks, index)) {
      const images: Block[] = [];
      for (let next = blocks[index]; next && isBareImage(next); next = blocks[++index]) images.push(next);
      index--;
      drawn.push(
        <div key={`gallery ${block.id}`} className="qui-gallery">
          <BlockList blocks={images} isGallery />
        </div>,
      );
    } else if (block) {
      drawn.push(<BlockView key={block.id} block={block} />);
    }
  }
  return drawn;
}

function startsGallery(blocks: readonly Block[], index: number): boolean {
  return [0, 1, 2].every((step) => {
    const block = blocks[index + step];
    return block !== undefined && isBareImage(block);
  });
}

function isBareImage(block: Block): boolean {
  return block.type === "image" && block.caption.length === 0;
}

const BlockView = memo(function BlockView({ block }: { block: Exclude<Block, CardBlock> }): ReactNode {
  const { id } = block;
  switch (block.type) {
    case "heading":
      return <HeadingView block={block} />;
    case "paragraph":
      return (
        <p data-block-id={id} data-text="0">
          <RunList runs={block.runs} />
        </p>
      );
    case "list":
      return <ListView block={block} />;
    case "quote":
      return (
        <blockquote data-block-id={id}>
          <BlockList blocks={block.blocks} />
          {block.cite && <footer className="qui-cite">{block.cite}</footer>}
        </blockquote>
      );
    case "details":
      return (
        <details data-block-id={id}>
          <summary data-text="0">
            <RunList runs={block.summary} />
          </summary>
          <BlockList blocks={block.blocks} />
        </details>
      );
    case "separator":
      return <hr data-block-id={id} />;
    case "pageBreak":
      return (
        <p data-block-id={id} className="qui-page-break">
          <span>Page {block.page}</span>
        </p>
      );
    case "code":
      return <CodeView block={block} />;
    case "table":
      return <TableView block={block} />;
    case "image":
      return <ImageView block={block} />;
    case "video":
      return <VideoView block={block} />;
    case "embed":
      return <EmbedView block={block} />;
    case "math":
      return <MathView block={block} />;
    case "post":
      return (
        <PostView block={block}>
          <BlockList blocks={block.blocks} />
        </PostView>
      );
  }
});

function HeadingView({ block }: { block: HeadingBlock }) {
  const Tag = `h${useDocument().headingLevels.get(block.id) ?? 2}` as const;
  return (
    <Tag data-block-id={block.id} data-text="0">
      <RunList runs={block.runs} />
    </Tag>
  );
}

function ListView({ block }: { block: ListBlock }) {
  const items = block.items.map((item, index) => (
    <li key={item[0]?.id ?? index}>
      <BlockList blocks={item} />
    </li>
  ));
  return block.ordered ? (
    <ol data-block-id={block.id} start={block.start}>
      {items}
    </ol>
  ) : (
    <ul data-block-id={block.id}>{items}</ul>
  );
}
