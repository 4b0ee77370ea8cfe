import type { HostPort } from "#lib/client/surface/engine/engine-host.ts";
import { type FromEngine, isFromEngine, type ToEngine } from "#lib/client/surface/surface-messages.ts";

/** The way to the engine for one surface. */
export interface SurfaceLink {
  readonly channel: number;
  post(message: ToEngine): void;
  close(): void;
}

export interface LinkListener {
  onMessage(message: Exclude<FromEngine, { type: "ready" }>): void;
  /** The engine is gone and another has taken its place: everything has to be said again. */
  onRestart(): void;
  /** It is gone for good. */
  onBreak(error: Error): void;
}

export type EngineHostKind = "worker" | "main";

interface Engine {
  kind: EngineHostKind;
  post(message: ToEngine): void;
  end(): void;
}

/** Restarts of one worker before surfaces fail; counted anew when all is closed. */
const RESTARTS_MAX = 1;

const listeners = new Map<number, LinkListener>();
let engine: Engine | null = null;
let restarts = 0;
let channels = 0;

/** Opens a channel to the window's one engine, which starts with the first and ends with the last. */
export function openSurfaceLink(listener: LinkListener, kind: EngineHostKind = preferredKind()): SurfaceLink {
  const channel = ++channels;
  listeners.set(channel, listener);
  engine ??= start(kind);
  return {
    channel,
    post: (message) => engine?.post(message),
    close() {
      engine?.post({ type: "close", channel });
      listeners.delete(channel);
      if (listeners.size > 0) return;
      engine?.end();
      engine = null;
      restarts = 0;
    },
  };
}

/** Asked again by a person after all has failed: the next message starts an engine. */
export function reviveEngine(): void {
  if (engine) return;
  restarts = 0;
  engine = start(preferredKind());
}

export function preferredKind(): EngineHostKind {
  return typeof Worker === "undefined" || typeof OffscreenCanvas === "undefined" ? "main" : "worker";
}

function start(kind: EngineHostKind): Engine {
  return kind === "worker" ? startWorker() : startOnPage();
}

function startWorker(): Engine {
  const worker = new Worker(new URL("./surface.worker.ts", import.meta.url), { type: "module" });
  let isReady = false;
  const own: Engine = {
    kind: "worker",
    post: (message) => worker.postMessage(message),
    end: () => worker.terminate(),
  };
  worker.onmessage = ({ data }) => {
    isReady = true;
    deliver(data);
  };
  const onError = (event: Event): void => {
    event.preventDefault?.();
    worker.terminate();
    if (engine !== own) return;
    const message = "message" in event ? String(event.message) : "";
    // One that never spoke cannot run here: no module workers, or no canvas in them.
    if (!isReady) replace(startOnPage());
    else if (restarts++ < RESTARTS_MAX) replace(startWorker());
    else breakDown(new Error(`The worker that draws pages stopped. ${message}`.trim()));
  };
  worker.onerror = onError;
  worker.onmessageerror = onError;
  return own;
}

/** The same engine on the page's own thread, in slices. Loaded only where it is needed. */
function startOnPage(): Engine {
  const channel = new MessageChannel();
  channel.port1.onmessage = ({ data }) => deliver(data);
  void import("#lib/client/surface/engine/engine-host.ts").then(
    ({ startEngineHost, elementCanvas }) => {
      startEngineHost(channel.port2 as HostPort, elementCanvas(document));
    },
    (error) => breakDown(error instanceof Error ? error : new Error(String(error))),
  );
  return {
    kind: "main",
    post: (message) => channel.port1.postMessage(message),
    end: () => {
      channel.port1.close();
      channel.port2.close();
    },
  };
}

function deliver(data: unknown): void {
  if (!isFromEngine(data) || data.type === "ready") return;
  const listener = listeners.get(data.channel);
  if (listener) listener.onMessage(data);
  else if (data.type === "tile") data.bitmap.close();
}

function replace(next: Engine): void {
  engine = next;
  for (const listener of listeners.values()) listener.onRestart();
}

function breakDown(error: Error): void {
  engine = null;
  for (const listener of listeners.values()) listener.onBreak(error);
}
