import { resolve } from "node:path";
import { runTask } from "./run-task.ts";
import { buildForVercel } from "./setup/build-for-vercel.ts";

// `npm run build:vercel`: what a deployment would hold, in .vercel/output.
await runTask(() => buildForVercel({ root: resolve(import.meta.dirname, "..") }));
