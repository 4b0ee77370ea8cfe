import { readdirSync, readFileSync } from "node:fs";

const TICK_MS = 10;

/** A process and all below it, as they stand now. */
export function processTree(root: number): number[] {
  const children = new Map<number, number[]>();
  for (const name of readdirSync("/proc")) {
    const pid = Number(name);
    if (!Number.isInteger(pid)) continue;
    const parent = Number(readStat(pid)[1] ?? 0);
    children.set(parent, [...(children.get(parent) ?? []), pid]);
  }
  const found: number[] = [];
  const open = [root];
  for (let pid = open.pop(); pid !== undefined; pid = open.pop()) {
    found.push(pid);
    open.push(...(children.get(pid) ?? []));
  }
  return found;
}

/** Processor time of each process but this one, milliseconds. */
export function cpuMs(pids: readonly number[]): Map<number, number> {
  return new Map(
    pids
      .filter((pid) => pid !== process.pid)
      .map((pid) => {
        const stat = readStat(pid);
        return [pid, (Number(stat[11] ?? 0) + Number(stat[12] ?? 0)) * TICK_MS];
      }),
  );
}

/** What was spent between two looks by those that still live. */
export function cpuSpentMs(before: Map<number, number>, after: Map<number, number>): number {
  return [...after].reduce((sum, [pid, ms]) => sum + Math.max(0, ms - (before.get(pid) ?? 0)), 0);
}

/** Memory of processes, shared pages divided among those that share them. */
export function pssBytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const rollup = read(`/proc/${pid}/smaps_rollup`);
    return sum + Number(/^Pss:\s+(\d+) kB/m.exec(rollup)?.[1] ?? 0) * 1024;
  }, 0);
}

/** The fields after the command's name: state, parent and so on (proc(5)). */
function readStat(pid: number): string[] {
  const stat = read(`/proc/${pid}/stat`);
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ");
}

function read(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch {
    // It ended while we looked.
    return "";
  }
}
