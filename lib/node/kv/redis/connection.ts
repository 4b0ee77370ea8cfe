import { createClient, ErrorReply } from "redis";
import { AppError } from "#lib/core/errors/app-error.ts";
import { reconnectDelayMs } from "#lib/node/kv/redis/reconnect-delay.ts";
import { ReplyError } from "#lib/node/kv/redis/transport.ts";

export interface ConnectionOptions {
  url: string;
  /** Shown in the server's `CLIENT LIST`. */
  name: string;
  connectTimeoutMs: number;
  commandTimeoutMs: number;
  /** After a lost connection commands wait this long for it; from then on they fail at once until it is back. */
  offlineGraceMs: number;
  /** Commands that may wait at once, for the connection or for replies. */
  queueMax: number;
  /** Once per outage. */
  onLost: (error: unknown) => void;
  /** Each time the connection stands, the first included. */
  onReady: () => void;
}

function openClient(options: ConnectionOptions) {
  return createClient({
    url: options.url,
    name: options.name,
    // The reply shapes that Upstash answers too, and servers before Redis 6 understand.
    RESP: 2,
    disableClientInfo: true,
    maintNotifications: "disabled",
    commandsQueueMaxLength: options.queueMax,
    socket: { connectTimeout: options.connectTimeoutMs, reconnectStrategy: reconnectDelayMs },
  });
}

export type RedisClient = ReturnType<typeof openClient>;

/**
 * One connection that mends itself. Beyond what the client does, it bounds every
 * command in time, fails fast while the server is away, and replaces a connection
 * that stays open but silent (a stopped server, a dropped route) or has come to
 * stand on a read-only replica.
 */
export class RedisConnection {
  readonly #options: ConnectionOptions;
  #client: RedisClient;
  #lostAt: number | undefined;
  #lastReplyAt = 0;
  #closed = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#client = this.#open();
  }

  get client(): RedisClient {
    return this.#client;
  }

  async command(args: string[]): Promise<unknown> {
    return this.bounded((client) => client.sendCommand(args, { timeout: this.#options.commandTimeoutMs }));
  }

  /** Runs `use` and settles within the command timeout, whatever the server does. */
  async bounded<T>(use: (client: RedisClient) => Promise<T>): Promise<T> {
    const client = this.#client;
    this.#assertUsable(client);
    const { commandTimeoutMs } = this.#options;
    let timer: NodeJS.Timeout | undefined;
    const timeout = new Promise<never>((_resolve, reject) => {
      timer = setTimeout(() => {
        this.#replaceIfSilent(client);
        reject(unavailable(`Redis did not answer within ${commandTimeoutMs} ms`));
      }, commandTimeoutMs);
    });
    try {
      const reply = await Promise.race([use(client), timeout]);
      this.#lastReplyAt = performance.now();
      return reply;
    } catch (error) {
      throw this.#explain(client, error);
    } finally {
      clearTimeout(timer);
    }
  }

  close(): void {
    this.#closed = true;
    this.#client.destroy();
  }

  #assertUsable(client: RedisClient): void {
    if (this.#closed) throw unavailable("the Redis store is closed");
    if (client.isReady || this.#lostAt === undefined) return;
    const awayMs = Math.round(performance.now() - this.#lostAt);
    if (awayMs > this.#options.offlineGraceMs) throw unavailable(`Redis has been away for ${awayMs} ms`);
  }

  #explain(client: RedisClient, error: unknown): unknown {
    if (error instanceof AppError) return error;
    if (error instanceof ErrorReply) {
      this.#lastReplyAt = performance.now();
      if (error.message.startsWith("READONLY")) this.#replace(client);
      return new ReplyError(error.message);
    }
    return unavailable("the connection to Redis failed", error);
  }

  #replaceIfSilent(client: RedisClient): void {
    const silentMs = performance.now() - this.#lastReplyAt;
    if (client.isReady && silentMs >= this.#options.commandTimeoutMs) this.#replace(client);
  }

  #replace(client: RedisClient): void {
    if (this.#closed || client !== this.#client) return;
    this.#lost(new Error("the connection to Redis was silent or read-only and is replaced"));
    this.#client = this.#open();
    client.destroy();
  }

  #open(): RedisClient {
    const client = openClient(this.#options);
    client.on("error", (error: unknown) => {
      if (client === this.#client) this.#lost(error);
    });
    client.on("ready", () => {
      if (client !== this.#client) return;
      this.#lostAt = undefined;
      this.#lastReplyAt = performance.now();
      this.#options.onReady();
    });
    // Rejects only when the client is destroyed before it ever connected.
    client.connect().catch(() => {});
    return client;
  }

  #lost(error: unknown): void {
    if (this.#closed || this.#lostAt !== undefined) return;
    this.#lostAt = performance.now();
    this.#options.onLost(error);
  }
}

function unavailable(detail: string, cause?: unknown): AppError {
  return new AppError("unavailable", { detail: `kv: ${detail}`, cause });
}
