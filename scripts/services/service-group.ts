import type { ChildProcess } from "node:child_process";
import { endProcess } from "./end-process.ts";
import { type Guard, startGuard } from "./guard.ts";
import { isRunning } from "./process-identity.ts";

/** What a launcher started and has to end, also when the launcher is killed. */
export interface ServiceGroup {
  /** For what this process ends by other means for as long as it lives. */
  readonly guard: Guard;
  /** Ended in the reverse order of adding. `signal` asks the service for a clean end. */
  add(service: Service): void;
  /** Starts a service, and again whenever it ends by itself: at once the first time, then after growing waits. */
  keep(service: KeptService): void;
  /** Resolves with the first service that ended by itself. */
  readonly ended: Promise<Service>;
  /** Ends everything, each within its bound. Safe to call more than once. */
  stop(): Promise<void>;
  /** Ends everything without waiting for a clean end. */
  kill(): void;
}

export interface Service {
  name: string;
  child: ChildProcess;
  signal: "TERM" | "INT";
  /** For a clean end; afterwards it is killed. */
  waitMs: number;
}

export interface KeptService extends Omit<Service, "child"> {
  start(): ChildProcess;
  /** Told of each end, and when the next start is due. */
  onEnd(restartInMs: number): void;
}

export function createServiceGroup(): ServiceGroup {
  const guard = startGuard();
  const services: { service: Service; pid: number }[] = [];
  const cancelRestarts = new Set<() => void>();
  let stopping: Promise<void> | undefined;
  let announce: (service: Service) => void = () => {};
  const ended = new Promise<Service>((resolve) => {
    announce = resolve;
  });

  function hold(service: Service, pid: number, onExit: () => void): void {
    services.push({ service, pid });
    guard.add(pid, service.signal);
    service.child.once("exit", () => {
      if (!stopping) onExit();
    });
  }

  async function stopAll(): Promise<void> {
    for (const cancel of cancelRestarts) cancel();
    for (const { service, pid } of services.toReversed()) {
      await endProcess(pid, [{ signal: `SIG${service.signal}`, waitMs: service.waitMs }]);
      killGroup(pid);
      guard.remove(pid);
    }
    guard.release();
  }

  return {
    guard,
    ended,
    add: (service) => {
      const { pid } = service.child;
      if (pid === undefined) throw new Error(`${service.name} could not be started.`);
      hold(service, pid, () => announce(service));
    },
    keep({ start, onEnd, ...rest }) {
      let restarts = 0;
      const begin = () => {
        const startedAt = performance.now();
        const child = start();
        const again = () => {
          if (performance.now() - startedAt > STEADY_MS) restarts = 0;
          const waitMs = restartWaitMs(restarts);
          restarts += 1;
          onEnd(waitMs);
          const timer = setTimeout(begin, waitMs);
          cancelRestarts.add(() => clearTimeout(timer));
        };
        const { pid } = child;
        if (pid === undefined) {
          child.once("error", () => stopping || again());
          return;
        }
        hold({ ...rest, child }, pid, () => {
          killGroup(pid);
          guard.remove(pid);
          services.splice(
            services.findIndex((held) => held.pid === pid),
            1,
          );
          again();
        });
      };
      begin();
    },
    stop: () => {
      stopping ??= stopAll();
      return stopping;
    },
    kill: () => {
      for (const { pid } of services) killGroup(pid);
    },
  };
}

/** A service that ran this long has not failed to start. */
const STEADY_MS = 60_000;
const RESTART_MS_MAX = 30_000;

/** 0, 1, 2, 4 … 30 seconds. */
function restartWaitMs(restarts: number): number {
  return restarts === 0 ? 0 : Math.min(RESTART_MS_MAX, 1_000 * 2 ** (restarts - 1));
}

/** Also what the service itself started and left behind. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended, as it should.
    if (isRunning(pid)) throw new Error(`Process ${pid} does not end.`);
  }
}
