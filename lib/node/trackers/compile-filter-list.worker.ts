import { parentPort, workerData } from "node:worker_threads";
import { z } from "zod";
import { compileFilterList } from "#lib/node/trackers/compile-filter-list.ts";

const { text, kind } = z
  .object({ text: z.string(), kind: z.enum(["network", "cosmetic"]) })
  .parse(workerData);
parentPort?.postMessage(compileFilterList(text, kind));
