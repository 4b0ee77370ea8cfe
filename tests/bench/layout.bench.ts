import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { type Browser, chromium, type Page } from "playwright-core";
import { blocksText, countWords } from "#lib/core/document/block-text.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";
import type { Block, Document } from "#lib/protocol/document.ts";
import type { SurfacePage } from "../fixtures/surface-page.ts";
import { startSurfaceServer } from "../fixtures/surface-server.ts";
import { corporaDir, corpusHtml } from "./corpus-pages.ts";
import { median, percentile } from "./statistics.ts";

declare global {
  var stage: SurfacePage;
}

const PAGES = 60;
const WORDS_MIN = 300;
const ROUNDS = 3;
const WIDTH_PX = 800;
/** What both can lay out without a network. */
const TEXT = new Set<Block["type"]>(["heading", "paragraph", "list", "quote", "code", "table", "separator"]);

/** Layout of the same documents by the surface's worker and by the browser itself, in one Chromium. */
export default async function layoutBench(): Promise<string> {
  const executablePath = [process.env.QUI_CHROMIUM, "/usr/bin/chromium"].find(
    (path) => path && existsSync(path),
  );
  if (!executablePath) throw new Error("There is no Chromium here; set QUI_CHROMIUM.");
  const documents = readDocuments();
  const server = await startSurfaceServer();
  const browser = await chromium.launch({ executablePath, args: ["--disable-gpu"] });
  try {
    const rounds: Sample[][] = [];
    for (let round = 0; round < ROUNDS; round++)
      rounds.push(await measure(browser, server.origin, documents));
    return report(documents, rounds);
  } finally {
    await browser.close();
    await server.close();
  }
}

interface Sample {
  words: number;
  ours: number;
  dom: number;
  /** Heights beside each other: equal work gives nearly equal documents. */
  heights: [number, number];
}

function readDocuments(): Document[] {
  const found: Document[] = [];
  for (const name of readdirSync(join(corporaDir, "html")).sort()) {
    if (found.length === PAGES) break;
    const url = `https://example.org/${name}`;
    const html = corpusHtml(name.replace(".html.gz", "")).toString("utf8");
    const { document } = readHtml({ html, url, finalUrl: url, fetchedAt: "2026-01-01T00:00:00.000Z" });
    const blocks = document.blocks.filter(({ type }) => TEXT.has(type));
    const wordCount = countWords(blocksText(blocks));
    if (wordCount >= WORDS_MIN) found.push({ ...document, blocks, wordCount });
  }
  return found;
}

async function measure(browser: Browser, origin: string, documents: readonly Document[]): Promise<Sample[]> {
  const page = await browser.newPage({ viewport: { width: WIDTH_PX, height: 600 } });
  await page.goto(origin);
  await page.waitForFunction(() => "stage" in globalThis);
  await addStyles(page);
  // The worker lives as long as any panel is open; its start is not layout.
  await page.evaluate(async (document) => {
    await globalThis.stage.open().surface.show({ document });
  }, documents[0] as Document);
  const samples: Sample[] = [];
  for (const document of documents) {
    const ours = await page.evaluate(layOutOnSurface, document);
    const dom = await page.evaluate(layOutInDom, document);
    samples.push({
      words: document.wordCount,
      ours: ours.ms,
      dom: dom.ms,
      heights: [ours.height, dom.height],
    });
  }
  await page.close();
  return samples;
}

/** The flat view's own style sheets of running text, with the tokens they use. */
async function addStyles(page: Page): Promise<void> {
  const styles = ["page", "text", "blocks"].map((name) =>
    readFileSync(join(import.meta.dirname, `../../components/document/styles/${name}.css`), "utf8"),
  );
  const tokens = `:root { --ink: #1c2024; --paper: #fbfaf7; --accent: #007681; --sunken: #f2f0ec; --line: #1c20241a; --faint: #82878c; --warn: #975d00;
    --font-sans: "Inter Variable", sans-serif; --font-serif: "Source Serif 4 Variable", serif; --font-mono: "JetBrains Mono Variable", monospace;
    --reader-size: 18px; --reader-measure: 68; --reader-leading: 1.6 }
    * { margin: 0; padding: 0; box-sizing: border-box } .qui-chunk { content-visibility: visible }`;
  await page.addStyleTag({ content: `${tokens}\n${styles.join("\n")}` });
  const faces = [
    ["Inter Variable", "inter"],
    ["Source Serif 4 Variable", "source-serif-4"],
    ["JetBrains Mono Variable", "jetbrains-mono"],
  ].flatMap(([family, name]) =>
    ["normal", "italic"].map(
      (style) =>
        `@font-face { font-family: "${family}"; font-style: ${style}; font-weight: 100 900; src: url(/@fontsource-variable/${name}/files/${name}-latin-wght-${style}.woff2) format("woff2") }`,
    ),
  );
  await page.addStyleTag({ content: faces.join("\n") });
  await page.evaluate(async () => {
    await Promise.all([...document.fonts].map((font) => font.load()));
  });
}

/** Milliseconds the worker spent on it, from its text to the last line. */
async function layOutOnSurface(document: Document): Promise<{ ms: number; height: number }> {
  const { surface } = globalThis.stage.open({ heightPx: 600 });
  const [first, last] = [document.blocks[0]?.id ?? "", document.blocks.at(-1)?.id ?? ""];
  const isDone = new Promise<void>((resolve) => {
    surface.subscribe(() => {
      if (surface.blockRect(last)) resolve();
    });
  });
  await surface.show({ document });
  await isDone;
  await new Promise((resolve) => setTimeout(resolve, 20));
  const result = {
    ms: surface.stats.layoutMs,
    height: (surface.blockRect(last)?.y ?? 0) - (surface.blockRect(first)?.y ?? 0),
  };
  surface.dispose();
  return result;
}

/** Milliseconds from elements that are there to their heights: style, shaping and line breaking. */
function layOutInDom(source: Document): { ms: number; height: number } {
  const fillRuns = (
    element: HTMLElement,
    runs: { text: string; marks?: string[] | undefined; href?: string | undefined }[],
  ) => {
    const tags: Record<string, string> = {
      bold: "strong",
      italic: "em",
      code: "code",
      strike: "s",
      sub: "sub",
      sup: "sup",
      mark: "mark",
    };
    for (const run of runs) {
      let node: Node = document.createTextNode(run.text);
      for (const mark of run.marks ?? []) {
        const marked = document.createElement(tags[mark] ?? "span");
        marked.append(node);
        node = marked;
      }
      if (run.href) {
        const link = document.createElement("a");
        link.href = "#";
        link.append(node);
        node = link;
      }
      element.append(node);
    }
    return element;
  };
  const make = (block: Block): HTMLElement => {
    switch (block.type) {
      case "heading":
        return fillRuns(document.createElement(`h${Math.max(2, block.level)}`), block.runs);
      case "paragraph":
        return fillRuns(document.createElement("p"), block.runs);
      case "list": {
        const list = document.createElement(block.ordered ? "ol" : "ul");
        for (const item of block.items) {
          const li = document.createElement("li");
          li.append(...item.map(make));
          list.append(li);
        }
        return list;
      }
      case "quote": {
        const quote = document.createElement("blockquote");
        quote.append(...block.blocks.map(make));
        return quote;
      }
      case "code": {
        const box = document.createElement("div");
        box.className = "qui-code";
        const pre = document.createElement("pre");
        const code = document.createElement("code");
        code.textContent = block.text;
        pre.append(code);
        box.append(pre);
        return box;
      }
      case "table": {
        const box = document.createElement("div");
        box.className = "qui-wide qui-table";
        const table = document.createElement("table");
        for (const row of [block.header, ...block.rows]) {
          const tr = document.createElement("tr");
          for (const cell of row) tr.append(fillRuns(document.createElement("td"), cell.runs));
          table.append(tr);
        }
        box.append(table);
        return box;
      }
      default:
        return document.createElement("hr");
    }
  };
  const article = document.createElement("article");
  article.className = "qui-article";
  const chunk = document.createElement("div");
  chunk.className = "qui-chunk";
  chunk.append(...source.blocks.map(make));
  article.append(chunk);
  const container = document.createElement("div");
  container.style.cssText = "container: page / inline-size; width: 800px";
  container.append(article);
  const start = performance.now();
  document.body.append(container);
  const top = chunk.firstElementChild?.getBoundingClientRect().top ?? 0;
  const height = (chunk.lastElementChild?.getBoundingClientRect().top ?? 0) - top;
  const ms = performance.now() - start;
  container.remove();
  return { ms, height };
}

function report(documents: readonly Document[], rounds: readonly Sample[][]): string {
  const perThousand = (pick: "ours" | "dom") =>
    documents.map((_, at) =>
      median(rounds.map((round) => ((round[at]?.[pick] ?? 0) * 1000) / (round[at]?.words ?? 1))),
    );
  const [ours, dom] = [perThousand("ours"), perThousand("dom")];
  const ratios = ours.map((value, at) => value / (dom[at] ?? 1));
  const heights = (rounds[0] ?? []).map(({ heights: [own, other] }) => own / Math.max(1, other));
  const words = documents.reduce((sum, { wordCount }) => sum + wordCount, 0);
  const total = (pick: "ours" | "dom") =>
    median(rounds.map((round) => (round.reduce((sum, sample) => sum + sample[pick], 0) * 1000) / words));
  const ms = (value: number) => `${value.toFixed(2)} ms`;
  const row = (name: string, values: readonly number[], all: number) =>
    `| ${name} | ${ms(median(values))} | ${ms(percentile(values, 0.95))} | ${ms(all)} |`;
  return [
    "## Layout of documents",
    "",
    `${documents.length} pages of the corpus (${words.toLocaleString("en")} words, text blocks only), 800 CSS px wide, median of ${ROUNDS} rounds. Ours: everything from runs to placed lines, in the worker that draws panels in 3D. The DOM's: the same blocks as elements, under the flat view's style sheets, from attaching them to \`getBoundingClientRect\`; making the elements is not counted. Ours keeps the page's thread free; the DOM's holds it.`,
    "",
    "| per 1,000 words | median page | p95 | all pages |",
    "| --- | --- | --- | --- |",
    row("ours", ours, total("ours")),
    row("DOM", dom, total("dom")),
    `| ratio | ${median(ratios).toFixed(2)} | ${percentile(ratios, 0.95).toFixed(2)} | ${(total("ours") / total("dom")).toFixed(2)} |`,
    "",
    `From the first block's top to the last one's, ours over the DOM's: median ${median(heights).toFixed(3)}, from ${percentile(heights, 0.05).toFixed(3)} to ${percentile(heights, 0.95).toFixed(3)} (p5, p95).`,
    "",
  ].join("\n");
}
