import { descendants, type ElementNode, plainText } from "#lib/node/reader/html/node.ts";
import type { ParsedHtml } from "#lib/node/reader/html/parse-html.ts";

/** Ids that frameworks mount their applications on. */
const APP_ROOT =
  /^(root|app|__next|__nuxt|___gatsby|svelte|main-app|app-root|react-root|application|ember-application|mount)$/i;
const APP_TAG = /^(app-root|ion-app|flt-glass-pane)$/;
const NOTICE =
  /(enable|requires?|need|turn on|without|disabled|activate)[^.]{0,40}\bjava ?script\b|\bjava ?script\b[^.]{0,40}(enable|required|disabled|turned off|must be|is needed)/i;

/** Fewer words than this are a shell's greeting, not a page. */
const DOCUMENT_WORDS_MAX = 50;
const BODY_WORDS_MAX = 150;
/** With so few words and this many scripts, what is missing is what the scripts bring. */
const BARE_WORDS_MAX = 25;
const SCRIPTS_MIN = 3;

export interface LiveEvidence {
  page: ParsedHtml;
  documentWords: number;
  bodyWords: number;
}

/**
 * Whether the page shows little without its scripts, so that only a live panel
 * can show it. Needs both: next to no text, and a sign that scripts were to bring
 * it. A short page of its own is no such page.
 */
export function needsLive({ page, documentWords, bodyWords }: LiveEvidence): boolean {
  if (documentWords >= DOCUMENT_WORDS_MAX || bodyWords >= BODY_WORDS_MAX) return false;
  const bare = bodyWords < BARE_WORDS_MAX;
  if (bare && page.scriptCount >= SCRIPTS_MIN) return true;
  for (const node of descendants(page.root)) {
    if (node.tag === "noscript" && NOTICE.test(plainText(node, 4_000))) return true;
    if (page.scriptCount > 0 && isEmptyRoot(node)) return true;
    if (bare && isEmptyMain(node)) return true;
  }
  return NOTICE.test(plainText(page.body, 20_000));
}

/** A page that says where its main part is and has nothing there. */
function isEmptyMain(node: ElementNode): boolean {
  const isMain = node.tag === "main" || node.attribute("role") === "main" || node.attribute("id") === "main";
  return isMain && plainText(node, 2_000) === "";
}

function isEmptyRoot(node: ElementNode): boolean {
  if (!APP_TAG.test(node.tag) && !APP_ROOT.test(node.attribute("id"))) return false;
  return plainText(node, 2_000).length < 40;
}
