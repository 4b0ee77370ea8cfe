import { z } from "zod";
import type { SearchResults } from "#lib/node/reader/formats/search/search-results.ts";

const text = z.string().catch("");
const resultSchema = z.object({
  url: z.string(),
  title: text,
  content: text.nullish(),
  thumbnail: text.nullish(),
  img_src: text.nullish(),
  publishedDate: text.nullish(),
});
const answerSchema = z.union([
  z.string().transform((answer) => ({ answer, url: null })),
  z.object({ answer: z.string(), url: z.string().nullish() }),
]);
const infoboxSchema = z.object({
  infobox: text,
  content: text,
  id: z.string().nullish(),
  urls: z.array(z.object({ url: z.string() })).catch([]),
});
const responseSchema = z.object({
  results: z.array(z.unknown()),
  answers: z.array(z.unknown()).catch([]),
  corrections: z.array(z.string()).catch([]),
  infoboxes: z.array(z.unknown()).catch([]),
});

const PAGE_MAX = 20;

/** The JSON of SearXNG's search API (docs.searxng.org, "Search API"); null for any other JSON. */
export function readSearxng(json: unknown, askedUrl: string): SearchResults | null {
  const parsed = responseSchema.safeParse(json);
  if (!parsed.success) return null;
  const { results, answers, corrections, infoboxes } = parsed.data;
  const boxes = valid(infoboxSchema, infoboxes).filter((box) => box.content);
  const found = valid(resultSchema, results).map((result) => ({
    url: result.url,
    title: result.title,
    text: [result.publishedDate?.slice(0, 10), result.content].filter(Boolean).join(" · "),
    imageUrl: result.thumbnail || result.img_src || null,
  }));
  return {
    results: found,
    answers: [
      ...valid(answerSchema, answers).map(({ answer, url }) => ({ text: answer, url: url ?? null })),
      ...boxes.map((box) => ({
        text: `${box.infobox}: ${box.content}`,
        url: box.urls[0]?.url ?? box.id ?? null,
      })),
    ],
    correction: corrections[0] ?? null,
    nextUrl: found.length > 0 ? nextPage(askedUrl) : null,
  };
}

/** Entries that are not what they should be are left out; the others stay. */
function valid<Schema extends z.ZodType>(schema: Schema, values: readonly unknown[]): z.output<Schema>[] {
  return values.flatMap((value) => {
    const parsed = schema.safeParse(value);
    return parsed.success ? [parsed.data] : [];
  });
}

function nextPage(askedUrl: string): string | null {
  const url = new URL(askedUrl);
  const page = Number(url.searchParams.get("pageno") ?? 1);
  if (!Number.isInteger(page) || page < 1 || page >= PAGE_MAX) return null;
  url.searchParams.set("pageno", String(page + 1));
  url.searchParams.delete("format");
  return url.href;
}
