import {
  type PdfLink,
  type PdfPageText,
  pdfPageText,
  type RawPdfItem,
} from "#lib/node/reader/formats/pdf/pdf-item.ts";
import { type PdfMetadata, pdfMetadata } from "#lib/node/reader/formats/pdf/pdf-metadata.ts";
import type { StructureNode } from "#lib/node/reader/formats/pdf/pdf-structure.ts";
import type { OutlineEntry } from "#lib/node/reader/formats/pdf/pdf-style.ts";

export interface PdfPage extends PdfPageText {
  structure: StructureNode | null;
}

export interface PdfContent {
  /** Those that were read: all, or the first ones. */
  pages: PdfPage[];
  pageCount: number;
  outline: OutlineEntry[];
  metadata: PdfMetadata;
}

const OUTLINE_ENTRIES_MAX = 2_000;
const OUTLINE_DEPTH_MAX = 6;

type PdfDocument = Awaited<ReturnType<typeof import("unpdf").getDocumentProxy>>;

/**
 * Reads text, links, structure, outline and metadata. A page that is broken is
 * empty; a file that is broken throws the parser's own error. The parser, a
 * megabyte and a half, is loaded with the first PDF.
 */
export async function loadPdf(
  bytes: Uint8Array,
  { pagesMax, timeMsMax }: { pagesMax: number; timeMsMax: number },
): Promise<PdfContent> {
  const end = performance.now() + timeMsMax;
  const { getDocumentProxy } = await import("unpdf");
  // A copy, since the parser takes the buffer for itself, and refuses a Buffer.
  const pdf = await getDocumentProxy(new Uint8Array(bytes), {
    verbosity: 0,
    stopAtErrors: false,
    enableXfa: false,
    useSystemFonts: false,
    disableFontFace: true,
    useWasm: false,
    maxImageSize: 0,
  });
  try {
    const { info, metadata } = await pdf.getMetadata();
    const outline = flattenOutline(await orNull(pdf.getOutline()));
    const pages: PdfPage[] = [];
    for (let i = 1; i <= Math.min(pdf.numPages, pagesMax) && performance.now() < end; i++) {
      pages.push(await loadPage(pdf, i));
    }
    return {
      pages,
      pageCount: pdf.numPages,
      outline,
      metadata: pdfMetadata(
        info as Record<string, unknown>,
        metadata as { get(name: string): unknown } | null,
      ),
    };
  } finally {
    await pdf.loadingTask.destroy();
  }
}

async function loadPage(pdf: PdfDocument, number: number): Promise<PdfPage> {
  try {
    const page = await pdf.getPage(number);
    const content = await page.getTextContent({ includeMarkedContent: true });
    const annotations = (await orNull(page.getAnnotations())) ?? [];
    const structure = await orNull(page.getStructTree());
    const families = Object.fromEntries(
      Object.entries(content.styles).map(([name, style]) => [name, style.fontFamily]),
    );
    const text = pdfPageText({
      items: content.items as RawPdfItem[],
      families,
      links: linksOf(annotations),
      view: page.view,
    });
    page.cleanup();
    return { ...text, structure: structure as StructureNode | null };
  } catch {
    return { items: [], bottom: 0, top: 0, structure: null }; // One broken page does not take the others with it.
  }
}

function linksOf(annotations: readonly { subtype?: string; url?: string; rect?: number[] }[]): PdfLink[] {
  const links: PdfLink[] = [];
  for (const { subtype, url, rect } of annotations) {
    if (subtype !== "Link" || !url || !rect || !URL.canParse(url)) continue;
    const { protocol, username, password, href } = new URL(url);
    const isSafe = /^(?:https?|mailto|tel):$/.test(protocol) && !username && !password;
    if (isSafe) links.push({ href, rect });
  }
  return links;
}

interface RawOutline {
  title: string;
  items?: RawOutline[];
}

function flattenOutline(items: RawOutline[] | null, depth = 1, flat: OutlineEntry[] = []): OutlineEntry[] {
  for (const item of items ?? []) {
    if (flat.length >= OUTLINE_ENTRIES_MAX) break;
    flat.push({ title: item.title, depth });
    if (depth < OUTLINE_DEPTH_MAX) flattenOutline(item.items ?? null, depth + 1, flat);
  }
  return flat;
}

/** Extras that fail leave the text readable. */
async function orNull<Value>(promise: Promise<Value>): Promise<Value | null> {
  return promise.catch(() => null);
}
