import { parentPort, workerData } from "node:worker_threads";
import { gunzipSync } from "node:zlib";
import { z } from "zod";
import { compileFilterList } from "#lib/node/trackers/compile-filter-list.ts";

const { body } = z.object({ body: z.instanceof(Uint8Array) }).parse(workerData);
const text = gunzipSync(body, { maxOutputLength: 64 * 1024 * 1024 }).toString("utf8");
const compiled = compileFilterList(text);
const engine = new Uint8Array(new SharedArrayBuffer(compiled.length));
engine.set(compiled);
parentPort?.postMessage(engine);
