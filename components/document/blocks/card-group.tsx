"use client";

import { use, useState } from "react";
import { ImagesContext, useDocument } from "#components/document/document-context.ts";
import { DocumentLink } from "#components/document/run-list.tsx";
import { imageSources } from "#lib/core/reading/image-sources.ts";
import { displayUrl } from "#lib/core/reading/link-target.ts";
import type { CardBlock } from "#lib/protocol/document.ts";
import type { PageMedia } from "#lib/protocol/pages.ts";

/** A row of a listing is a grid when most of its items have a picture, else a list of links. */
export function CardGroup({ cards }: { cards: readonly CardBlock[] }) {
  const { page, media } = useDocument();
  const areImagesShown = use(ImagesContext);
  const pictured = cards.filter((card) => card.media && media.has(card.media)).length;
  const isSearch = page.document.kind === "search";
  const layout = isSearch ? "results" : areImagesShown && pictured * 2 >= cards.length ? "grid" : "list";
  return (
    <ul className="qui-cards" data-layout={layout}>
      {cards.map((card) => (
        <Card
          key={card.id}
          card={card}
          picture={areImagesShown && card.media ? media.get(card.media) : undefined}
          hasAddress={isSearch}
        />
      ))}
    </ul>
  );
}

function Card({
  card,
  picture,
  hasAddress,
}: {
  card: CardBlock;
  picture: PageMedia | undefined;
  hasAddress: boolean;
}) {
  const title = card.title || displayUrl(card.href);
  return (
    <li data-block-id={card.id} dir="auto">
      {picture && <CardPicture picture={picture} />}
      <div className="qui-card-text">
        {hasAddress && (
          <span className="qui-card-address" data-chrome="">
            <bdi>{displayUrl(card.href)}</bdi>
          </span>
        )}
        <DocumentLink href={card.href} className="qui-card-link">
          <span data-text={card.title ? 0 : undefined}>{title}</span>
        </DocumentLink>
        {card.text && <p data-text={card.title ? card.title.length + 1 : 0}>{card.text}</p>}
      </div>
    </li>
  );
}

/** Only an ornament beside the title: without a text of its own, and gone when it does not load. */
function CardPicture({ picture }: { picture: PageMedia }) {
  const [hasFailed, setHasFailed] = useState(false);
  const { src, srcSet } = imageSources(picture.width === null ? { ...picture, width: 320 } : picture);
  if (hasFailed) return <div className="qui-card-picture" aria-hidden="true" />;
  return (
    // biome-ignore lint/performance/noImgElement: sized and cached by our own media route.
    <img
      className="qui-card-picture"
      src={src}
      srcSet={srcSet}
      sizes={srcSet && "auto, 20rem"}
      width={picture.width ?? undefined}
      height={picture.height ?? undefined}
      data-url={picture.url}
      alt=""
      loading="lazy"
      decoding="async"
      onError={() => setHasFailed(true)}
    />
  );
}
