"use client";

import { memo, startTransition, useEffect, useState, useSyncExternalStore } from "react";
import { useDocument } from "#components/document/document-context.ts";
import { RunList } from "#components/document/run-list.tsx";
import { runsText } from "#lib/core/document/block-text.ts";
import type { Cell, TableBlock } from "#lib/protocol/document.ts";

/** Rows drawn at once, and rows added in one step once all are wanted. */
const ROWS_FIRST = 200;
const ROWS_STEP = 200;

/** A cell of so few characters is kept on one line: "12.5 cm", a date, a name. */
const SHORT_MAX = 16;
/** A cell of more characters is given room for a few words a line, even where the table has to scroll for it. */
const LONG_MIN = 40;

interface PlacedCell {
  cell: Cell;
  /** Where its text begins in the table's text. */
  offset: number;
  size: "short" | "long" | undefined;
}

export function TableView({ block }: { block: TableBlock }) {
  const { expanded } = useDocument();
  const isWanted = useSyncExternalStore(
    expanded.subscribe,
    () => expanded.has(block.id),
    () => false,
  );
  const [rowsShown, setRowsShown] = useState(ROWS_FIRST);
  const total = block.rows.length;
  const hidden = isWanted ? 0 : total - ROWS_FIRST;
  useEffect(() => {
    if (!isWanted || rowsShown >= total) return;
    const timer = setTimeout(() => startTransition(() => setRowsShown(rowsShown + ROWS_STEP)), 0);
    return () => clearTimeout(timer);
  }, [isWanted, rowsShown, total]);

  const { header, rows } = placeCells(block);
  const label = block.caption || runsText(block.header[0]?.runs ?? []) || "Table";
  return (
    <div className="qui-table qui-wide" data-block-id={block.id}>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: pages hold too many of these for landmarks, and it is no part of a form. */}
      <section role="group" className="qui-table-scroll" aria-label={`Table: ${label}`} tabIndex={0}>
        <table>
          {block.caption && <caption>{block.caption}</caption>}
          {header.length > 0 && (
            <thead>
              <Row cells={header} isHeader />
            </thead>
          )}
          <tbody>
            {rows.slice(0, rowsShown).map((cells, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: rows have no identity but their place.
              <Row key={index} cells={cells} />
            ))}
          </tbody>
        </table>
      </section>
      {hidden > 0 && (
        <button type="button" data-chrome="" className="qui-more" onClick={() => expanded.add(block.id)}>
          Show all {total.toLocaleString()} rows
        </button>
      )}
    </div>
  );
}

const Row = memo(function Row({
  cells,
  isHeader = false,
}: {
  cells: readonly PlacedCell[];
  isHeader?: boolean;
}) {
  const Cell = isHeader ? "th" : "td";
  return (
    <tr>
      {cells.map(({ cell, offset, size }) => (
        <Cell
          key={offset}
          scope={isHeader ? ((cell.colSpan ?? 1) > 1 ? "colgroup" : "col") : undefined}
          colSpan={cell.colSpan}
          rowSpan={cell.rowSpan}
          data-text={offset}
          data-size={size}
        >
          <RunList runs={cell.runs} />
        </Cell>
      ))}
    </tr>
  );
});

const placed = new WeakMap<TableBlock, { header: PlacedCell[]; rows: PlacedCell[][] }>();

/** Counts offsets as `blockText` joins cells: a tab between cells, a line feed between rows that have any. */
function placeCells(block: TableBlock) {
  const known = placed.get(block);
  if (known) return known;
  let offset = 0;
  const place = (cells: readonly Cell[]): PlacedCell[] =>
    cells.map((cell) => {
      const at = offset;
      const { length } = runsText(cell.runs);
      offset += length + 1;
      return {
        cell,
        offset: at,
        size: length <= SHORT_MAX ? "short" : length > LONG_MIN ? "long" : undefined,
      };
    });
  const result = { header: place(block.header), rows: block.rows.map(place) };
  placed.set(block, result);
  return result;
}
