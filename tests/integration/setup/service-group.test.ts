import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { isRunning } from "../../../scripts/services/process-identity.ts";
import { createServiceGroup, type ServiceGroup } from "../../../scripts/services/service-group.ts";
import { SOON } from "../../fixtures/soon.ts";

let services: ServiceGroup;
let folder: string;
beforeEach(() => {
  services = createServiceGroup();
  folder = mkdtempSync(join(tmpdir(), "qui-group-"));
});
afterEach(async () => {
  await services.stop();
  rmSync(folder, { recursive: true });
});

const shell = (script: string) =>
  spawn("/bin/sh", ["-c", script], { detached: true, stdio: "ignore", cwd: folder });

describe("a kept service", () => {
  it("starts again after it was killed, without what it had started, and ends with the group", async () => {
    const pids: number[] = [];
    const waits: number[] = [];
    const second = Promise.withResolvers<void>();
    services.keep({
      name: "a service",
      signal: "TERM",
      waitMs: 5_000,
      start() {
        const child = shell("sleep 1000 & [ -e child ] || echo $! > child; wait");
        pids.push(child.pid ?? 0);
        if (pids.length === 2) second.resolve();
        return child;
      },
      onEnd: (waitMs) => waits.push(waitMs),
    });
    const [first = 0] = pids;
    const grandchild = await vi.waitUntil(() => readPid(join(folder, "child")), SOON);
    process.kill(first, "SIGKILL");
    await second.promise;
    expect(waits).toEqual([0]);
    const [, restarted = 0] = pids;
    expect(isRunning(restarted)).toBe(true);
    await expect.poll(() => isRunning(grandchild)).toBe(false);
    await services.stop();
    expect(isRunning(restarted)).toBe(false);
    expect(pids).toHaveLength(2);
  });

  it("that cannot stay up waits longer each time, and no longer than the group lasts", async () => {
    const waits: number[] = [];
    const third = Promise.withResolvers<void>();
    services.keep({
      name: "a service",
      signal: "TERM",
      waitMs: 5_000,
      start: () => shell("exit 1"),
      onEnd(waitMs) {
        waits.push(waitMs);
        if (waits.length === 3) third.resolve();
      },
    });
    await third.promise;
    expect(waits).toEqual([0, 1_000, 2_000]);
    await services.stop();
    expect(waits).toHaveLength(3);
  });
});

function readPid(file: string): number | null {
  return existsSync(file) ? Number(readFileSync(file, "utf8")) || null : null;
}
