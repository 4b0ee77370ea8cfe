import type { Mark } from "#lib/protocol/document.ts";

/** Never text of a page: controls, metadata, drawings. */
export const SKIPPED: ReadonlySet<string> = new Set(
  (
    "script style template svg canvas select option optgroup datalist input textarea button progress meter " +
    "link meta title head base map area dialog noframes noembed param source track template rp"
  ).split(" "),
);

export const INLINE_MARKS: ReadonlyMap<string, Mark> = new Map([
  ["b", "bold"],
  ["strong", "bold"],
  ["i", "italic"],
  ["em", "italic"],
  ["cite", "italic"],
  ["dfn", "italic"],
  ["var", "italic"],
  ["code", "code"],
  ["kbd", "code"],
  ["samp", "code"],
  ["tt", "code"],
  ["s", "strike"],
  ["del", "strike"],
  ["strike", "strike"],
  ["sub", "sub"],
  ["sup", "sup"],
  ["mark", "mark"],
]);

/** Drawn within a line and without a mark of their own. */
export const TRANSPARENT_INLINE: ReadonlySet<string> = new Set(
  "a span font small big u ins q abbr acronym time label nobr bdi bdo data ruby rb rt rtc wbr math mjx-container picture".split(
    " ",
  ),
);
