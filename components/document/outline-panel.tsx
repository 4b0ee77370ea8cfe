"use client";

import "./styles/panels.css";

import { useEffect, useMemo, useRef, useState } from "react";
import { indexDocument } from "#lib/core/reading/block-index.ts";
import { foldText } from "#lib/core/reading/fold-text.ts";
import { activeEntry, buildOutline } from "#lib/core/reading/outline.ts";
import type { Document } from "#lib/protocol/document.ts";

/** From so many sections on, typing finds one faster than scrolling. */
const FILTER_MIN = 20;

export interface OutlinePanelProps {
  document: Document;
  /** The block the reader is at, or null above the first. */
  activeBlockId: string | null;
  onSelect: (blockId: string) => void;
}

/** The sections of a document, with the one being read marked and kept in sight. */
export function OutlinePanel({ document, activeBlockId, onSelect }: OutlinePanelProps) {
  const outline = useMemo(() => buildOutline(document), [document]);
  const [filter, setFilter] = useState("");
  const list = useRef<HTMLOListElement>(null);
  const order = activeBlockId === null ? -1 : (indexDocument(document).byId.get(activeBlockId)?.order ?? -1);
  const current = activeEntry(outline, order)?.blockId;
  const wanted = foldText(filter.trim());
  const entries = wanted ? outline.filter(({ text }) => foldText(text).includes(wanted)) : outline;

  // biome-ignore lint/correctness/useExhaustiveDependencies: the mark moves when the current section does.
  useEffect(() => {
    list.current?.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
  }, [current]);

  if (outline.length === 0) return <p className="qui-panel qui-panel-note">This page has no sections.</p>;
  return (
    <nav className="qui-panel" aria-label="Outline">
      {outline.length >= FILTER_MIN && (
        <input
          type="search"
          className="qui-field"
          aria-label="Filter sections"
          placeholder="Filter sections"
          value={filter}
          onChange={(event) => setFilter(event.target.value)}
        />
      )}
      <ol className="qui-outline" ref={list} dir={document.dir} lang={document.lang ?? undefined}>
        {entries.map(({ blockId, depth, text }) => (
          <li key={blockId} style={{ paddingInlineStart: `${(Math.min(depth, 5) - 1) * 14}px` }}>
            <button
              type="button"
              aria-current={blockId === current ? "location" : undefined}
              onClick={() => onSelect(blockId)}
            >
              {text}
            </button>
          </li>
        ))}
      </ol>
      {entries.length === 0 && (
        <p className="qui-panel-note" role="status">
          No section is called that.
        </p>
      )}
    </nav>
  );
}
