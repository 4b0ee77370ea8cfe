import { encodingOfLabel } from "#lib/node/reader/formats/encoding-of-label.ts";

/**
 * The encoding that the text itself declares: an XML declaration, or for HTML a
 * `<meta>` as found by the standard's "prescan a byte stream" algorithm, which
 * skips comments and reads attributes the way a tokenizer would. A declared
 * UTF-16 means UTF-8, since the declaration was readable as ASCII.
 */
export function declaredCharset(head: Uint8Array, kind: "html" | "xml"): string | null {
  const text = Buffer.from(head.buffer, head.byteOffset, head.byteLength).toString("latin1");
  return normalise(charsetOfXmlDeclaration(text)) ?? (kind === "html" ? prescan(text) : null);
}

function normalise(label: string | null): string | null {
  const encoding = label === null ? null : encodingOfLabel(label);
  if (encoding?.startsWith("utf-16")) return "utf-8";
  return encoding === "x-user-defined" ? "windows-1252" : encoding;
}

function charsetOfXmlDeclaration(text: string): string | null {
  const match = /^\s*<\?xml\s[^>]{0,500}?\bencoding\s*=\s*(?:"([^"<>]*)"|'([^'<>]*)')/.exec(text);
  return match ? (match[1] ?? match[2] ?? null) : null;
}

function prescan(text: string): string | null {
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("<", at);
    if (open === -1) return null;
    if (text.startsWith("<!--", open)) {
      const end = text.indexOf("-->", open + 2);
      if (end === -1) return null;
      at = end + 3;
    } else if (/^<meta[\t\n\f\r /]/i.test(text.slice(open, open + 6))) {
      const { attributes, end } = readAttributes(text, open + 5);
      const encoding = normalise(charsetOfMeta(attributes));
      if (encoding) return encoding;
      at = end;
    } else if (/^<\/?[a-z]/i.test(text.slice(open, open + 3))) {
      const name = /^<\/?[^\t\n\f\r >]*/.exec(text.slice(open, open + 64))?.[0] ?? "<";
      at = readAttributes(text, open + name.length).end;
    } else if (/^<[!/?]/.test(text.slice(open, open + 2))) {
      const end = text.indexOf(">", open);
      if (end === -1) return null;
      at = end + 1;
    } else {
      at = open + 1;
    }
  }
  return null;
}

function charsetOfMeta(attributes: Map<string, string>): string | null {
  const charset = attributes.get("charset");
  if (charset !== undefined) return charset;
  if (attributes.get("http-equiv")?.toLowerCase() !== "content-type") return null;
  const match = /charset\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s;"']+))/i.exec(attributes.get("content") ?? "");
  return match ? (match[1] ?? match[2] ?? match[3] ?? null) : null;
}

const ATTRIBUTE =
  /[\t\n\f\r /]*([^\t\n\f\r />=][^\t\n\f\r />=]*)(?:[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^\t\n\f\r >"'][^\t\n\f\r >]*)?))?/y;

function readAttributes(text: string, start: number): { attributes: Map<string, string>; end: number } {
  const attributes = new Map<string, string>();
  ATTRIBUTE.lastIndex = start;
  let end = start;
  for (let match = ATTRIBUTE.exec(text); match; match = ATTRIBUTE.exec(text)) {
    const name = (match[1] ?? "").toLowerCase();
    if (!attributes.has(name)) attributes.set(name, match[2] ?? match[3] ?? match[4] ?? "");
    end = ATTRIBUTE.lastIndex;
  }
  return { attributes, end };
}
