import type { Script } from "#lib/node/kv/redis/scripts/script.ts";

/**
 * The few things a Redis driver does differently over TCP and over HTTP. Every
 * call settles within a bounded time. It rejects with `ReplyError` when the server
 * answered and refused, with `AppError("unavailable")` when it did not answer.
 */
export interface RedisTransport {
  readonly driver: "redis" | "upstash";
  get(key: string): Promise<string | null>;
  set(key: string, value: string, ttlMs: number): Promise<void>;
  unlink(key: string): Promise<number>;
  publish(channel: string, message: string): Promise<void>;
  ping(): Promise<void>;
  evaluate(script: Script, keys: string[], args: string[]): Promise<unknown>;
  subscribe(
    channel: string,
    listener: (message: string) => void,
    onResubscribe: () => void,
  ): Promise<() => Promise<void>>;
  close(): Promise<void>;
}

/** The server answered with an error. The message holds none of what was sent: that may be somebody's page. */
export class ReplyError extends Error {
  constructor(message: string) {
    super(message.replace(/,? (?:command was:|with args beginning with:)[\s\S]*$/, ""));
    this.name = "ReplyError";
  }
}

/** Runs a script by its hash, and sends the source when the server does not know it (any more). */
export async function evaluateWithFallback(
  script: Script,
  run: (command: "evalsha" | "eval", scriptOrSha1: string) => Promise<unknown>,
): Promise<unknown> {
  try {
    return await run("evalsha", script.sha1);
  } catch (error) {
    if (!(error instanceof ReplyError && error.message.includes("NOSCRIPT"))) throw error;
    return run("eval", script.source);
  }
}
