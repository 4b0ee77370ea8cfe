import { z } from "zod";

/**
 * The typed block model every text in Qui is made of: reader pages, chat
 * answers, summaries, quizzes. It carries no HTML: a renderer can only draw
 * what these types can say, which is what makes page content safe to show.
 */

export const markSchema = z.enum(["bold", "italic", "code", "strike", "sub", "sup", "mark"]);
export type Mark = z.infer<typeof markSchema>;

/** A stretch of text with one formatting. `href` is absolute and http(s), mailto or tel, or `#blockId`. */
export const runSchema = z.object({
  text: z.string(),
  marks: z.array(markSchema).optional(),
  href: z.string().optional(),
});
export type Run = z.infer<typeof runSchema>;

export const cellSchema = z.object({
  runs: z.array(runSchema),
  colSpan: z.number().int().positive().optional(),
  rowSpan: z.number().int().positive().optional(),
});
export type Cell = z.infer<typeof cellSchema>;

export interface HeadingBlock {
  id: string;
  type: "heading";
  level: 1 | 2 | 3 | 4 | 5 | 6;
  runs: Run[];
}
export interface ParagraphBlock {
  id: string;
  type: "paragraph";
  runs: Run[];
}
export interface ListBlock {
  id: string;
  type: "list";
  ordered: boolean;
  start?: number | undefined;
  items: Block[][];
}
export interface QuoteBlock {
  id: string;
  type: "quote";
  blocks: Block[];
  cite?: string | undefined;
}
export interface CodeBlock {
  id: string;
  type: "code";
  text: string;
  language?: string | undefined;
}
export interface TableBlock {
  id: string;
  type: "table";
  caption?: string | undefined;
  header: Cell[];
  rows: Cell[][];
}
/** `media` is the id of an entry of the page's `media` list. */
export interface ImageBlock {
  id: string;
  type: "image";
  media: string;
  alt: string;
  caption: Run[];
}
export interface VideoBlock {
  id: string;
  type: "video";
  media: string;
  poster?: string | undefined;
  title: string;
  caption: Run[];
}
/** Something shown elsewhere (a player, a map): a link out, never an iframe. */
export interface EmbedBlock {
  id: string;
  type: "embed";
  url: string;
  title: string;
}
export interface MathBlock {
  id: string;
  type: "math";
  tex: string;
}
export interface DetailsBlock {
  id: string;
  type: "details";
  summary: Run[];
  blocks: Block[];
}
export interface SeparatorBlock {
  id: string;
  type: "separator";
}
/** One post of a forum thread or one comment. `publishedAt` is ISO 8601 or null. */
export interface PostBlock {
  id: string;
  type: "post";
  author: string | null;
  publishedAt: string | null;
  blocks: Block[];
}
/** One item of a listing or collection. */
export interface CardBlock {
  id: string;
  type: "card";
  href: string;
  title: string;
  text: string;
  media?: string | undefined;
}
/** Start of page `page` (1-based) of a PDF. */
export interface PageBreakBlock {
  id: string;
  type: "pageBreak";
  page: number;
}

export type Block =
  | HeadingBlock
  | ParagraphBlock
  | ListBlock
  | QuoteBlock
  | CodeBlock
  | TableBlock
  | ImageBlock
  | VideoBlock
  | EmbedBlock
  | MathBlock
  | DetailsBlock
  | SeparatorBlock
  | PostBlock
  | CardBlock
  | PageBreakBlock;

const id = z.string().min(1);

export const blockSchema: z.ZodType<Block> = z.lazy(() =>
  z.discriminatedUnion("type", [
    z.object({
      id,
      type: z.literal("heading"),
      level: z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4), z.literal(5), z.literal(6)]),
      runs: z.array(runSchema),
    }),
    z.object({ id, type: z.literal("paragraph"), runs: z.array(runSchema) }),
    z.object({
      id,
      type: z.literal("list"),
      ordered: z.boolean(),
      start: z.number().int().optional(),
      items: z.array(z.array(blockSchema)),
    }),
    z.object({ id, type: z.literal("quote"), blocks: z.array(blockSchema), cite: z.string().optional() }),
    z.object({ id, type: z.literal("code"), text: z.string(), language: z.string().optional() }),
    z.object({
      id,
      type: z.literal("table"),
      caption: z.string().optional(),
      header: z.array(cellSchema),
      rows: z.array(z.array(cellSchema)),
    }),
    z.object({
      id,
      type: z.literal("image"),
      media: z.string(),
      alt: z.string(),
      caption: z.array(runSchema),
    }),
    z.object({
      id,
      type: z.literal("video"),
      media: z.string(),
      poster: z.string().optional(),
      title: z.string(),
      caption: z.array(runSchema),
    }),
    z.object({ id, type: z.literal("embed"), url: z.string(), title: z.string() }),
    z.object({ id, type: z.literal("math"), tex: z.string() }),
    z.object({ id, type: z.literal("details"), summary: z.array(runSchema), blocks: z.array(blockSchema) }),
    z.object({ id, type: z.literal("separator") }),
    z.object({
      id,
      type: z.literal("post"),
      author: z.string().nullable(),
      publishedAt: z.string().nullable(),
      blocks: z.array(blockSchema),
    }),
    z.object({
      id,
      type: z.literal("card"),
      href: z.string(),
      title: z.string(),
      text: z.string(),
      media: z.string().optional(),
    }),
    z.object({ id, type: z.literal("pageBreak"), page: z.number().int().positive() }),
  ]),
);

export const documentKindSchema = z.enum([
  "article",
  "forum",
  "product",
  "documentation",
  "listing",
  "collection",
  "service",
  "feed",
  "text",
  "markdown",
  "json",
  "image",
  "pdf",
  "search",
]);
export type DocumentKind = z.infer<typeof documentKindSchema>;

export const documentSchema = z.object({
  /** Stable for one canonical URL. */
  id,
  kind: documentKindSchema,
  source: z.object({
    /** What was asked for. */
    url: z.string(),
    /** Where the redirects ended. */
    finalUrl: z.string(),
    canonicalUrl: z.string().nullable(),
    /** ISO 8601. */
    fetchedAt: z.string(),
  }),
  title: z.string(),
  byline: z.string().nullable(),
  siteName: z.string().nullable(),
  /** BCP 47, or null when unknown. */
  lang: z.string().nullable(),
  dir: z.enum(["ltr", "rtl"]),
  /** ISO 8601, or null when unknown. */
  publishedAt: z.string().nullable(),
  excerpt: z.string().nullable(),
  wordCount: z.number().int().nonnegative(),
  blocks: z.array(blockSchema),
});
export type Document = z.infer<typeof documentSchema>;

/** Offsets are UTF-16 units in the block's plain text (`blockText`). */
export const citationSchema = z.object({
  documentId: z.string(),
  blockId: z.string(),
  start: z.number().int().nonnegative(),
  end: z.number().int().nonnegative(),
  quote: z.string(),
});
export type Citation = z.infer<typeof citationSchema>;
