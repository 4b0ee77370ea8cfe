import { hasBinaryBytes, headText, imageTypeOf, isPdf } from "#lib/node/reader/formats/magic-bytes.ts";

export type ContentKind = "html" | "feed" | "json" | "markdown" | "text" | "pdf" | "image" | "unsupported";

export interface SniffInput {
  contentType: string | null;
  bytes: Uint8Array;
  url: string;
}

/** Above this size a body declared as HTML is not parsed as JSON just to find out. */
const JSON_PROBE_BYTES_MAX = 1024 * 1024;

const TEXT_TYPES =
  /^(?:text\/|application\/(?:javascript|x-javascript|ecmascript|typescript|toml|yaml|x-yaml|sql|graphql|x-sh|x-httpd-php|x-tex|x-latex|rtf|x-www-form-urlencoded|ld\+text)$)/;

/**
 * What a body is. Content wins over a lying header where that is safe: here it
 * always is in the sense of security, since no reader runs anything, so the
 * question is only what its author meant. `text/plain` that looks like HTML
 * stays text (it is somebody's source code); a feed, PDF or image stays what it
 * is whatever it is called; HTML is HTML unless it was called plain text.
 */
export function sniffKind({ contentType, bytes, url }: SniffInput): ContentKind {
  const type = (contentType ?? "").split(";", 1)[0]?.trim().toLowerCase() ?? "";
  if (isPdf(bytes)) return "pdf";
  if (imageTypeOf(bytes)) return "image";
  const head = headText(bytes);
  const shape = shapeOf(head);
  // A stray control character in a page of markup is a fault of the page, which browsers read over.
  if (hasBinaryBytes(bytes) && !(type === "text/html" && shape === "html")) {
    return type === "application/pdf" ? "pdf" : "unsupported";
  }

  if (shape === "feed") return "feed";
  if (shape === "svg") return type === "text/plain" ? "text" : "image";
  if (isJsonType(type)) return kindOfJsonType(head, shape);
  if (type === "text/markdown" || type === "text/x-markdown") return "markdown";
  if (type === "text/plain") return kindOfPlainText(head, url);
  if (type === "text/html" || type === "application/xhtml+xml") {
    return shape !== "html" && isJsonText(bytes, head) ? "json" : "html";
  }
  if (shape === "html") return "html";
  if (type === "application/pdf") return "pdf";
  if (isXmlType(type) || TEXT_TYPES.test(type)) return "text";
  return isJsonText(bytes, head) ? "json" : kindOfPlainText(head, url);
}

/** What the first element of a text says it is; null for anything else. */
function shapeOf(head: string): "html" | "feed" | "svg" | null {
  // Prolog, doctype and comments may stand before the root; each is skipped in one step, so the scan is linear.
  const root = head.replace(
    /^(?:\s+|<\?[^>]*>|<!--[\s\S]*?-->|<!doctype\s(?!html)[^>[]*(?:\[[^\]]*\]\s*)?>)+/i,
    "",
  );
  const name = /^<(!doctype\s+html|[a-z][\w:.-]*)/i.exec(root)?.[1]?.toLowerCase();
  if (!name) return isJsonFeed(head) ? "feed" : null;
  if (name === "rss" || name === "feed" || name === "rdf:rdf" || name === "channel") return "feed";
  if (name === "svg" || name === "svg:svg") return "svg";
  return /^(?:!doctype\s+html|html|head|body|title|meta|link|script|style|div|p|h[1-6]|table|main|article|section|header|a|br|b|font|iframe|base|center|form)$/.test(
    name,
  )
    ? "html"
    : null;
}

function isJsonFeed(head: string): boolean {
  return (
    /^\s*\{/.test(head) && /"version"\s*:\s*"https?:\\?\/\\?\/(?:www\.)?jsonfeed\.org\\?\/version/.test(head)
  );
}

function isJsonType(type: string): boolean {
  return /^(?:application|text)\/(?:[\w.-]+\+)?json5?$/.test(type) || type === "application/x-ndjson";
}

function isXmlType(type: string): boolean {
  return type === "text/xml" || type === "application/xml" || type.endsWith("+xml");
}

function kindOfJsonType(head: string, shape: ReturnType<typeof shapeOf>): ContentKind {
  return shape === "html" && /^\s*</.test(head) ? "html" : "json";
}

function kindOfPlainText(head: string, url: string): ContentKind {
  const extension = /\.([a-z0-9]+)$/i.exec(pathOf(url))?.[1]?.toLowerCase();
  if (extension === "md" || extension === "markdown" || extension === "mdown") return "markdown";
  return extension === "json" && /^\s*[[{]/.test(head) ? "json" : "text";
}

function pathOf(url: string): string {
  return URL.canParse(url) ? new URL(url).pathname : "";
}

function isJsonText(bytes: Uint8Array, head: string): boolean {
  if (!/^\s*[[{]/.test(head) || bytes.length > JSON_PROBE_BYTES_MAX) return false;
  try {
    JSON.parse(new TextDecoder().decode(bytes));
    return true;
  } catch {
    return false;
  }
}
