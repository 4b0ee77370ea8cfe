import { resolve } from "node:path";
import { buildForVercel } from "./setup/build-for-vercel.ts";

// `npm run build:vercel`: what a deployment would hold, in .vercel/output.
await buildForVercel({ root: resolve(import.meta.dirname, "..") });
