/**
 * The bookmark file every browser exports: HTML 2.0-like nested definition lists,
 * never closed as HTML wants it. There is no standard; this follows what Mozilla
 * documents as the Netscape bookmark file format and what Chrome, Firefox and
 * Safari write.
 */

export type ImportedNode =
  | { kind: "folder"; title: string; addedAt: number | null; children: ImportedNode[] }
  | { kind: "link"; title: string; url: string; addedAt: number | null };

export interface ImportedBookmarks {
  nodes: ImportedNode[];
  /** Links left out because they are no web address (`javascript:`, `place:`, …). */
  skipped: number;
  /** More than `ITEMS_MAX` were found; the rest was left out. */
  truncated: boolean;
}

export const ITEMS_MAX = 20_000;
const DEPTH_MAX = 32;
const TITLE_MAX = 512;
const URL_MAX = 8192;

type Folder = Extract<ImportedNode, { kind: "folder" }>;

/** Tokens that matter; everything between them is text of the item before. */
const TOKEN = /<(\/?)(dl|dt|h[1-6]|a|dd|title|h1)\b([^>]*)>/gi;

/** Reads any text without running or loading anything of it. Never throws. */
export function parseNetscapeBookmarks(html: string): ImportedBookmarks {
  const root: Folder = { kind: "folder", title: "", addedAt: null, children: [] };
  const open: Folder[] = [root];
  const result: ImportedBookmarks = { nodes: root.children, skipped: 0, truncated: false };
  /** A heading names the list that follows it. */
  let named: Folder | null = null;
  let tooDeep = 0;
  let items = 0;

  for (const token of html.matchAll(TOKEN)) {
    const [tag, slash, rawName = "", attributes = ""] = token;
    const name = rawName.toLowerCase();
    const after = token.index + tag.length;
    if (name === "dl") {
      if (slash) {
        if (tooDeep > 0) tooDeep--;
        else if (open.length > 1) open.pop();
        continue;
      }
      // The first list has no heading of its own: it is the root.
      const folder = named ?? (open.length === 1 ? root : null);
      if (open.length >= DEPTH_MAX) tooDeep++;
      else open.push(folder ?? (open.at(-1) as Folder));
      named = null;
      continue;
    }
    if (slash || (name !== "a" && name !== "h3")) continue;
    if (items >= ITEMS_MAX) {
      result.truncated = true;
      break;
    }
    const title = textUntil(html, after, name);
    const addedAt = timeOf(attribute(attributes, "add_date"));
    const siblings = (open.at(-1) as Folder).children;
    if (name === "h3") {
      named = { kind: "folder", title: title || "Folder", addedAt, children: [] };
      siblings.push(named);
      items++;
      continue;
    }
    const url = webAddress(attribute(attributes, "href"));
    if (url === null) {
      result.skipped++;
      continue;
    }
    siblings.push({ kind: "link", title: title || url, url, addedAt });
    items++;
  }
  return result;
}

export interface ExportedFolder {
  kind: "folder";
  title: string;
  addedAt: number;
  children: readonly ExportedNode[];
}
export type ExportedNode = ExportedFolder | { kind: "link"; title: string; url: string; addedAt: number };

/** A file that every browser's import understands. */
export function formatNetscapeBookmarks(nodes: readonly ExportedNode[]): string {
  const lines = [
    "<!DOCTYPE NETSCAPE-Bookmark-file-1>",
    "<!-- This is an automatically generated file. It will be read and overwritten. -->",
    '<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">',
    "<TITLE>Bookmarks</TITLE>",
    "<H1>Bookmarks</H1>",
    "<DL><p>",
  ];
  const write = (list: readonly ExportedNode[], indent: string): void => {
    for (const node of list) {
      const date = `ADD_DATE="${Math.floor(node.addedAt / 1000)}"`;
      if (node.kind === "link") {
        lines.push(`${indent}<DT><A HREF="${escapeHtml(node.url)}" ${date}>${escapeHtml(node.title)}</A>`);
        continue;
      }
      lines.push(`${indent}<DT><H3 ${date}>${escapeHtml(node.title)}</H3>`, `${indent}<DL><p>`);
      write(node.children, `${indent}    `);
      lines.push(`${indent}</DL><p>`);
    }
  };
  write(nodes, "    ");
  lines.push("</DL><p>", "");
  return lines.join("\n");
}

/** The text of an element that may never be closed: up to its end tag, or the next item. */
function textUntil(html: string, start: number, name: string): string {
  const rest = html.slice(start, start + 4 * TITLE_MAX);
  const end = new RegExp(`</${name}\\s*>|<d[tdl]\\b|</dl`, "i").exec(rest)?.index ?? rest.length;
  const text = decodeEntities(rest.slice(0, end).replace(/<[^>]*>/g, ""));
  return text.replace(/\s+/g, " ").trim().slice(0, TITLE_MAX);
}

function attribute(attributes: string, name: string): string | null {
  const match = new RegExp(`(?:^|\\s)${name}\\s*=\\s*(?:"([^"]*)"|'([^']*)'|([^\\s>]+))`, "i").exec(
    attributes,
  );
  const value = match?.[1] ?? match?.[2] ?? match?.[3];
  return value === undefined ? null : decodeEntities(value);
}

function webAddress(href: string | null): string | null {
  const text = href?.trim() ?? "";
  if (text.length === 0 || text.length > URL_MAX || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.protocol === "http:" || url.protocol === "https:" ? url.href : null;
}

/** Seconds since 1970 in every browser's export; some old ones wrote milli- or microseconds. */
function timeOf(text: string | null): number | null {
  const value = Number(text);
  if (!text || !Number.isFinite(value) || value <= 0) return null;
  if (value > 1e14) return Math.floor(value / 1000);
  return value > 1e11 ? Math.floor(value) : Math.floor(value * 1000);
}

const NAMED_ENTITIES: Record<string, string> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
};

function decodeEntities(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]{1,6})|#(\d{1,7})|([a-z]{2,6}));/gi, (whole, hex, decimal, name) => {
    if (name) return NAMED_ENTITIES[name.toLowerCase()] ?? whole;
    const code = hex ? Number.parseInt(hex, 16) : Number.parseInt(decimal, 10);
    const isCharacter = code > 0 && code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff);
    return isCharacter ? String.fromCodePoint(code) : "";
  });
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "",
  );
}
