const WEB_ADDRESS = /https?:\/\/[^\s<>"'`]+/gi;
const CLOSERS: Readonly<Record<string, string>> = { ")": "(", "]": "[", "}": "{" };

/** What another app, a link or the system hands to Qui by the query of `/space`. */
export interface SharedInput {
  url: string | null;
  text: string | null;
  title: string | null;
}

/**
 * What a share asks Qui to open: the address in it, or its words to search for, or
 * null when it holds neither. Android puts the address into the text more often
 * than into the field made for it, with words around it.
 */
export function sharedAddress({ url, text, title }: SharedInput): string | null {
  for (const field of [url, text, title]) {
    const found = field === null ? null : addressIn(field);
    if (found) return found;
  }
  const words = [url, text, title].find((field) => field?.trim());
  return words?.replace(/\s+/g, " ").trim() || null;
}

/** The first web address in a text, without the punctuation of the sentence around it. */
function addressIn(text: string): string | null {
  const [found] = unwrapProtocol(text.trim()).match(WEB_ADDRESS) ?? [];
  if (!found) return null;
  const address = trimEnd(found);
  return URL.canParse(address) ? address : null;
}

/** `web+qui:https://…` and `web+qui://host/…`, as registered in the manifest. */
function unwrapProtocol(text: string): string {
  const rest = /^web\+qui:(.*)$/is.exec(text)?.[1];
  if (rest === undefined) return text;
  if (/^(\/\/)?https?(:|%3a)/i.test(rest)) {
    const inner = rest.replace(/^\/\//, "");
    return /^https?%3a/i.test(inner) ? decode(inner) : inner;
  }
  return `https://${rest.replace(/^\/+/, "")}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // A stray percent sign: taken as it is.
  }
}

function trimEnd(address: string): string {
  let end = address.length;
  for (; end > 0; end--) {
    const last = address[end - 1] ?? "";
    if (/[.,;:!?…»”’*_]/.test(last)) continue;
    const opener = CLOSERS[last];
    if (!opener) break;
    const inside = address.slice(0, end);
    // A closing bracket belongs to the address only when its opening one does.
    if (inside.split(opener).length >= inside.split(last).length) break;
  }
  return address.slice(0, end);
}
