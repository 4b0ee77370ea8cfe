import type { Run } from "#lib/protocol/document.ts";

const ADDRESS = /\bhttps?:\/\/[^\s<>"'`{}|\\^\u3000-\u303f\uff00-\uffef]+/gi;

/** Plain text as runs, with the web addresses in it as links. Punctuation that ends a sentence is no part of an address. */
export function linkText(text: string): Run[] {
  const runs: Run[] = [];
  let at = 0;
  for (const match of text.matchAll(ADDRESS)) {
    const address = trimAddress(match[0]);
    if (!URL.canParse(address)) continue;
    const url = new URL(address);
    if (url.username || url.password) continue;
    if (match.index > at) runs.push({ text: text.slice(at, match.index) });
    runs.push({ text: address, href: url.href });
    at = match.index + address.length;
  }
  if (at < text.length) runs.push({ text: text.slice(at) });
  return runs;
}

function trimAddress(text: string): string {
  let address = text.replace(/[.,;:!?*_~]+$/, "");
  // A closing bracket belongs to the address only when it was opened there, as in Wikipedia's.
  while (/[)\]]$/.test(address)) {
    const close = address.at(-1) as string;
    const open = close === ")" ? "(" : "[";
    if (address.split(open).length >= address.split(close).length) break;
    address = address.slice(0, -1).replace(/[.,;:!?*_~]+$/, "");
  }
  return address;
}
