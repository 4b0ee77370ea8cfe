import { type AssembledPage, type AssembleInput, assemblePage } from "#lib/node/reader/assemble-page.ts";
import type { HtmlInput, HtmlReading } from "#lib/node/reader/html/html-reading.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";

/**
 * What the workers can do, by kind. To add a kind, add its input and result here
 * and its reader to `READERS`. Inputs and results are plain data that can be
 * cloned; whole byte arrays right in a result are handed over, not copied.
 */
export interface ReaderTasks {
  page: { input: AssembleInput; result: AssembledPage };
  html: { input: HtmlInput; result: HtmlReading };
}

export type ReaderTaskKind = keyof ReaderTasks;

export type ReaderTask<Kind extends ReaderTaskKind = ReaderTaskKind> = {
  [K in Kind]: { kind: K; input: ReaderTasks[K]["input"] };
}[Kind];

export type ReaderResult<Kind extends ReaderTaskKind> = ReaderTasks[Kind]["result"];

type Readers = {
  [K in ReaderTaskKind]: (input: ReaderTasks[K]["input"]) => ReaderResult<K> | Promise<ReaderResult<K>>;
};

const READERS: Readers = {
  page: assemblePage,
  html: readHtml,
};

export async function runReaderTask({ kind, input }: ReaderTask): Promise<unknown> {
  const read: (input: never) => unknown = READERS[kind];
  return read(input as never);
}
