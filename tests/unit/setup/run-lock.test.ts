import { spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isRunning, processStartToken } from "../../../scripts/services/process-identity.ts";
import { takeRunLock } from "../../../scripts/services/run-lock.ts";

let folder = "";
let file = "";
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "qui-lock-"));
  file = join(folder, "data/run.json");
});
afterEach(() => rmSync(folder, { recursive: true }));

describe("takeRunLock", () => {
  it("is held by one at a time, and names the holder", () => {
    expect(takeRunLock(file, "http://localhost:3000").held).toBe(true);
    expect(takeRunLock(file, "another")).toEqual({
      held: false,
      pid: process.pid,
      note: "http://localhost:3000",
    });
  });

  it("is free again once released", () => {
    const first = takeRunLock(file, "one");
    if (first.held) first.release();
    expect(existsSync(file)).toBe(false);
    expect(takeRunLock(file, "two").held).toBe(true);
  });

  it("does not outlive its holder", async () => {
    const child = spawn("sleep", ["60"]);
    await once(child, "spawn");
    const pid = child.pid ?? 0;
    const held = { pid, started: processStartToken(pid), note: "killed" };
    takeRunLock(file, "");
    writeFileSync(file, JSON.stringify(held));
    expect(takeRunLock(file, "next")).toEqual({ held: false, pid, note: "killed" });
    child.kill("SIGKILL");
    await once(child, "exit");
    expect(takeRunLock(file, "next").held).toBe(true);
  });

  it("does not take a later process with the same number for its holder", () => {
    takeRunLock(file, "");
    writeFileSync(file, JSON.stringify({ pid: process.pid, started: "long ago", note: "" }));
    expect(takeRunLock(file, "next").held).toBe(true);
  });

  it("is taken over when its file was cut short", () => {
    takeRunLock(file, "");
    writeFileSync(file, '{"pid":');
    expect(takeRunLock(file, "next").held).toBe(true);
  });

  it("is not released by who no longer holds it", () => {
    const first = takeRunLock(file, "one");
    writeFileSync(file, "another's");
    if (first.held) first.release();
    expect(readFileSync(file, "utf8")).toBe("another's");
  });
});

describe.skipIf(process.platform !== "linux")("isRunning", () => {
  it("does not take a dead process that nobody collected for a running one", async () => {
    // A shell that becomes a program which never collects: its child stays a zombie for as long as it runs.
    const parent = spawn("sh", ["-c", "sleep 0 & echo $!; exec sleep 60"]);
    const [line] = await once(parent.stdout, "data");
    const zombie = Number(String(line));
    await expect.poll(() => readFileSync(`/proc/${zombie}/status`, "utf8")).toContain("State:\tZ");
    expect(isRunning(zombie)).toBe(false);
    parent.kill("SIGKILL");
    await once(parent, "exit");
  });
});
