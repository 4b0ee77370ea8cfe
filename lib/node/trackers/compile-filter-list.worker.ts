import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { compileFilterList } from "#lib/node/trackers/compile-filter-list.ts";

const { text } = z.object({ text: z.string() }).parse(workerData);
parentPort?.postMessage(compileFilterList(text));
