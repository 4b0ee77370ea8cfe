import { type ElementStats, isProse } from "#lib/node/reader/html/element-stats.ts";
import type { PageKind } from "#lib/node/reader/html/guess-kind.ts";
import { NAME_GROUPS } from "#lib/node/reader/html/name-groups.ts";
import type { ElementNode } from "#lib/node/reader/html/node.ts";
import type { TextUnit } from "#lib/node/reader/html/text-units.ts";

/** Words of running text outside of the comments that make a page more than its comments. */
const OWN_TEXT_MIN = 150;
/** A repeat this long is the same part again for another screen size, not a refrain. */
const REPEAT_WORDS_MIN = 8;
/** What is left of a byline or a row of links when its links are gone, and signs that only work on the page itself. */
const CRUMB =
  /^(by|and|or|in|on|at|with|edited by|written by|reviewed by|posted (by|in|on)|published|updated|tags?:?|share( this)?:?|advertisement|ad|skip to .*|[^\p{L}\p{N}]*,? ?and|[^\p{L}\p{N}$€£]+)$/iu;
/** What threads count: likes, views, the number of a post. */
const COUNTER =
  /^#?[\d.,]+k?( ·.*| (likes?|views?|replies|posts?|votes?|reactions?|points?|comments?|participants?)\b.*)?$/i;
const COMMENT = 1 << NAME_GROUPS.indexOf("comment");
const COMMENTS_ID =
  /^(comments?|disqus_thread|respond|commentlist|comment-list|comments-(area|section|wrapper|container))$/i;

/**
 * What the model cannot learn from a few hundred pages is said here as rules:
 * comments under an article are not the article, a part repeated for another
 * screen size is read once (references and articles do repeat themselves), and data left in the markup is not text. Changes
 * `likelihoods` in place.
 */
export function temperLikelihoods(
  units: readonly TextUnit[],
  stats: ElementStats,
  kind: PageKind,
  likelihoods: number[],
): void {
  const seen = new Set<string>();
  const refrains = kind === "documentation" || kind === "article";
  const comments = kind === "forum" || kind === "product" ? null : commentUnits(units, stats);
  for (const unit of units) {
    const i = unit.index;
    if (comments?.has(i)) likelihoods[i] = Math.min(likelihoods[i] ?? 0, 0.05);
    if (looksLikeData(unit) || (isShort(unit, 4) && CRUMB.test(unit.text))) likelihoods[i] = 0;
    if (kind === "forum" && isShort(unit, 24) && COUNTER.test(unit.text)) likelihoods[i] = 0;
    if (refrains || unit.words < REPEAT_WORDS_MIN) continue;
    if (seen.has(unit.text)) likelihoods[i] = 0;
    else if ((likelihoods[i] ?? 0) > 0.2) seen.add(unit.text);
  }
}

/** Few words may still be megabytes of signs, which no pattern should be asked about. */
function isShort(unit: TextUnit, wordsMax: number): boolean {
  return unit.words <= wordsMax && unit.text.length <= wordsMax * 20;
}

function commentUnits(units: readonly TextUnit[], stats: ElementStats): Set<number> | null {
  const inside = new Set<number>();
  let own = 0;
  for (const unit of units) {
    if (isInComments(unit.block, stats)) inside.add(unit.index);
    else if (isProse(unit)) own += unit.words;
  }
  return own >= OWN_TEXT_MIN ? inside : null;
}

function isInComments(block: ElementNode, stats: ElementStats): boolean {
  for (let node: ElementNode | null = block; node && node.tag !== "body"; node = node.parent) {
    if (((stats.groups[node.order] ?? 0) & COMMENT) === 0) continue;
    const names = [node.attribute("id"), ...node.attribute("class").split(/\s+/)];
    if (names.some((name) => COMMENTS_ID.test(name))) return true;
  }
  return false;
}

/** JSON or script source that a template printed into the page. */
function looksLikeData(unit: TextUnit): boolean {
  const { text } = unit;
  if (unit.block.tag === "pre" || text.length < 20) return false;
  return /^[[{]\s*["{[]/.test(text) && /["\]}]\s*:\s*["[{\d]/.test(text.slice(0, 400));
}
