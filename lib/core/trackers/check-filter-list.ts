/** What is known of a filter list from its text alone. */
export interface FilterListFacts {
  title: string;
  /** How long the list says it stays good; null when it does not say. */
  expiresMs: number | null;
  /** Lines that are rules, not comments. */
  rules: number;
}

export type FilterListCheck = { ok: true; facts: FilterListFacts } | { ok: false; reason: string };

const DAY_MS = 24 * 60 * 60 * 1000;
/** A new edition that lost more than this share of the rules is a broken download, not an edit. */
const SHRINK_MAX = 0.5;

/**
 * Whether a fetched text may replace the list in use: it has to look like a
 * filter list in Adblock Plus syntax, and must not have lost half of the rules of
 * the edition before (`previousRules`, null for a first fetch).
 */
export function checkFilterList(text: string, previousRules: number | null): FilterListCheck {
  const head = text.slice(0, 4096);
  if (/^\s*(?:<!doctype|<html|<\?xml|\{)/i.test(head))
    return { ok: false, reason: "a page, not a filter list" };
  if (!/^\ufeff?\s*(?:\[Adblock|!)/i.test(head)) return { ok: false, reason: "no header of a filter list" };
  if (text.includes("\0")) return { ok: false, reason: "binary data" };

  const rules = countRules(text);
  if (rules === 0) return { ok: false, reason: "no rules" };
  if (previousRules !== null && rules < previousRules * SHRINK_MAX) {
    return { ok: false, reason: `only ${rules} rules where there were ${previousRules}` };
  }
  return { ok: true, facts: { title: titleOf(head), expiresMs: expiryOf(head), rules } };
}

export function countRules(text: string): number {
  let rules = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf("\n", at);
    const stop = end === -1 ? text.length : end;
    const first = text[at];
    if (stop - at > 1 && first !== "!" && first !== "[" && first !== "\r") rules++;
    at = stop + 1;
  }
  return rules;
}

function titleOf(head: string): string {
  return /^!\s*Title:\s*(.{1,200}?)\s*$/im.exec(head)?.[1] ?? "";
}

function expiryOf(head: string): number | null {
  const match = /^!\s*Expires:\s*(\d{1,3})\s*(day|hour)/im.exec(head);
  if (!match) return null;
  return Number(match[1]) * (match[2]?.toLowerCase() === "hour" ? DAY_MS / 24 : DAY_MS);
}
