#!/usr/bin/env node
// The first thing that runs on a fresh machine: Node ≥ 20, nothing installed. It installs what the lock file
// names, then hands over to `scripts/<task>.ts` under the Node 24 that came with the packages.
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { findNode } from "./bootstrap/find-node.mjs";
import { installDependencies, isInstalled } from "./bootstrap/install-dependencies.mjs";

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [task = "start", ...rest] = process.argv.slice(2);
const script = join(root, "scripts", `${task}.ts`);

function stop(message) {
  console.error(`qui: ${message}`);
  process.exit(1);
}

if (process.platform === "win32") stop("Windows is supported through WSL: run this inside it.");
if (Number.parseInt(process.versions.node, 10) < 20)
  stop(`needs Node 20 or newer; this is ${process.version}.`);
if (!/^[a-z-]+$/.test(task) || !existsSync(script)) stop(`there is no task "${task}".`);

process.chdir(root);
if (!isInstalled(root)) {
  console.log("qui: installing dependencies (a minute or two, once)…");
  if (!(await installDependencies(root)))
    stop("the dependencies could not be installed; see npm's message above.");
}
const node = findNode(root);
if (!node) stop("Node 24 is missing. Delete node_modules and start again, or install Node 24.");

process.env.PATH = `${join(root, "node_modules", ".bin")}:${process.env.PATH ?? ""}`;

if (node === process.execPath) {
  process.argv = [node, script, ...rest];
  await import(pathToFileURL(script).href);
} else {
  // The channel tells the child when this process is gone, however it ended.
  const child = spawn(node, [script, ...rest], { stdio: ["inherit", "inherit", "inherit", "ipc"] });
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.on(signal, () => child.kill(signal));
  child.on("exit", (code, signal) => process.exit(signal ? 1 : (code ?? 1)));
}
