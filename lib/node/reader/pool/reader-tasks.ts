import type { HtmlInput, HtmlReading } from "#lib/node/reader/html/html-reading.ts";
import { readHtml } from "#lib/node/reader/html/read-html.ts";

/**
 * What the workers can do, by kind. To add a kind, add its input and result here
 * and its reader to `READERS`. Inputs and results are plain data that can be cloned.
 */
export interface ReaderTasks {
  html: { input: HtmlInput; result: HtmlReading };
}

export type ReaderTaskKind = keyof ReaderTasks;

export type ReaderTask<Kind extends ReaderTaskKind = ReaderTaskKind> = {
  [K in Kind]: { kind: K } & ReaderTasks[K]["input"];
}[Kind];

export type ReaderResult<Kind extends ReaderTaskKind> = ReaderTasks[Kind]["result"];

type Readers = {
  [K in ReaderTaskKind]: (task: ReaderTask<K>) => ReaderResult<K> | Promise<ReaderResult<K>>;
};

const READERS: Readers = {
  html: readHtml,
};

export async function runReaderTask(task: ReaderTask): Promise<unknown> {
  const read: (task: never) => unknown = READERS[task.kind];
  return read(task as never);
}
