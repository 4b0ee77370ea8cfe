import { execFileSync } from "node:child_process";
import { existsSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { buildApp } from "./setup/build-app.ts";
import { ensurePrismaClient } from "./setup/prisma-client.ts";

/**
 * `npm run bench` runs every tests/bench/*.bench.ts, one after the other, each in a process of its own, and writes
 * docs/benchmarks.md, after building the app when its sources changed. `npm run bench -- cache` runs those whose name holds "cache" and replaces their sections only.
 *
 * The contract of a bench file: its default export is `async () => string`, a section in Markdown that begins with a
 * heading of the second level (`## Cache hit rates`) and gives ours, the peer's and the ratio. It throws when it
 * cannot measure. `server-only` modules may be imported. It prints nothing it does not want on the screen, and ends what it started.
 */
export type Bench = () => Promise<string>;

/** Parts what a bench prints from what it returns. */
const MARK = "\u0001section\u0001";

const root = resolve(import.meta.dirname, "..");
const folder = join(root, "tests/bench");
const target = join(root, "docs/benchmarks.md");
const [mode, argument] = process.argv.slice(2);

if (mode === "--run" && argument) {
  const bench: { default: Bench } = await import(pathToFileURL(argument).href);
  process.stdout.write(`\n${MARK}${await bench.default()}`);
  process.exit();
}

const names = existsSync(folder)
  ? readdirSync(folder)
      .filter((name) => name.endsWith(".bench.ts"))
      .sort()
  : [];
// Some measure the app itself: what they start must be made from the sources as they stand.
ensurePrismaClient(root);
await buildApp({
  root,
  distDir: ".next",
  env: process.env,
  onStart: () => console.log("qui: building the app"),
});
const sections = readSections();
let failed = false;
for (const name of names) {
  if (mode && !name.includes(mode)) continue;
  console.log(`qui: measuring ${name}`);
  try {
    const output = execFileSync(
      process.execPath,
      ["--conditions=react-server", "--expose-gc", import.meta.filename, "--run", join(folder, name)],
      {
        cwd: root,
        encoding: "utf8",
        stdio: ["ignore", "pipe", "inherit"],
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const section = output.slice(output.lastIndexOf(MARK) + MARK.length).trim();
    if (!section.startsWith("## "))
      throw new Error("its section does not begin with a heading of the second level");
    console.log(`${section}\n`);
    sections.set(name, section);
  } catch (error) {
    failed = true;
    console.error(`qui: ${name} failed: ${error instanceof Error ? error.message : String(error)}`);
  }
}
writeFileSync(target, format());
process.exit(failed ? 1 : 0);

/** The sections of earlier runs, by the bench file named in the comment above each. Those without a file are dropped. */
function readSections(): Map<string, string> {
  if (!existsSync(target)) return new Map();
  const parts = readFileSync(target, "utf8")
    .split(/^<!-- (.+\.bench\.ts) -->$/m)
    .slice(1);
  const found = new Map<string, string>();
  for (let index = 0; index + 1 < parts.length; index += 2) {
    const [name = "", section = ""] = parts.slice(index, index + 2);
    if (names.includes(name)) found.set(name, section.trim());
  }
  return found;
}

function format(): string {
  const [cpu] = cpus();
  const machine = `${cpus().length} × ${cpu?.model.trim() ?? "unknown processor"}, ${Math.round(totalmem() / 2 ** 30)} GB, Node ${process.versions.node}, ${process.platform}`;
  const body = names.flatMap((name) =>
    sections.has(name) ? [`<!-- ${name} -->\n${sections.get(name)}\n`] : [],
  );
  return `# Benchmarks

Made by \`npm run bench\` on ${machine}, on ${new Date().toISOString().slice(0, 10)}. Each section measures ours and the
peer in one run on the same input; the ratio is what to read, the times are this machine's.

${body.join("\n")}`;
}
