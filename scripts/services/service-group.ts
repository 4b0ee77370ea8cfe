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

export function createServiceGroup(): ServiceGroup {
  const guard = startGuard();
  const services: { service: Service; pid: number }[] = [];
  let stopping: Promise<void> | undefined;
  let announce: (service: Service) => void = () => {};
  const ended = new Promise<Service>((resolve) => {
    announce = resolve;
  });

  async function stopAll(): Promise<void> {
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
      services.push({ service, pid });
      guard.add(pid, service.signal);
      service.child.once("exit", () => {
        if (!stopping) announce(service);
      });
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

/** Also what the service itself started and left behind. */
function killGroup(pid: number): void {
  try {
    process.kill(-pid, "SIGKILL");
  } catch {
    // The whole group has ended, as it should.
    if (isRunning(pid)) throw new Error(`Process ${pid} does not end.`);
  }
}
