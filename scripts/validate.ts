import { resolve } from "node:path";
import { ensurePrismaClient } from "./setup/prisma-client.ts";
import { runCheck } from "./testing/run-step.ts";

// `npm run validate`: everything that needs no service and no build.
const root = resolve(import.meta.dirname, "..");
ensurePrismaClient(root);
const { failed } = await runCheck(
  [
    ["npm", "run", "--silent", "lint"],
    ["npm", "run", "--silent", "typecheck"],
    ["npm", "run", "--silent", "deadcode"],
  ],
  { cwd: root, env: process.env },
);
process.exitCode = failed;
