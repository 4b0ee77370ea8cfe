import { z } from "zod";
import { type ConnectionOptions, RedisConnection } from "#lib/node/kv/redis/connection.ts";
import { evaluateWithFallback, type RedisTransport } from "#lib/node/kv/redis/transport.ts";

export interface TcpTransportOptions {
  /** `redis://` or `rediss://`, with user, password and database. */
  url: string;
  connectTimeoutMs?: number;
  commandTimeoutMs?: number;
  offlineGraceMs?: number;
  queueMax?: number;
  /** How often the subscriber's connection, silent by nature, is asked whether it lives. */
  heartbeatMs?: number;
  onLost?: (error: unknown) => void;
  onRestored?: () => void;
  onListenerError?: (error: unknown) => void;
}

interface Subscription {
  listener: (message: string) => void;
  onResubscribe: () => void;
  /** From the moment the connection was lost until its owner was told that the subscription stands again. */
  state: "starting" | "standing" | "interrupted";
}

/** Redis over TCP: one connection for commands, and one for subscriptions once there is any. */
export function createTcpTransport(options: TcpTransportOptions): RedisTransport {
  const { heartbeatMs = 10_000, onListenerError = () => {} } = options;
  const channels = new Map<string, Set<Subscription>>();
  let subscriber: RedisConnection | undefined;
  let heartbeat: NodeJS.Timeout | undefined;

  const commands = new RedisConnection(connectionOptions(options, "qui", withRestored(options)));

  const dispatch = (message: string, channel: string) => {
    for (const subscription of channels.get(channel) ?? []) guarded(() => subscription.listener(message));
  };

  const all = () => [...channels.values()].flatMap((subscriptions) => [...subscriptions]);

  function guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      onListenerError(error);
    }
  }

  /** Runs whenever the subscriber's connection stands. Subscribing again to what already stands costs nothing. */
  async function restore(): Promise<void> {
    const client = subscriber?.client;
    if (!client || channels.size === 0) return;
    await client.subscribe([...channels.keys()], dispatch);
    for (const subscription of all()) {
      if (subscription.state !== "interrupted") continue;
      subscription.state = "standing";
      guarded(subscription.onResubscribe);
    }
  }

  function openSubscriber(): RedisConnection {
    const connection = new RedisConnection(
      connectionOptions(options, "qui-subscriber", {
        onLost: (error) => {
          for (const subscription of all()) {
            if (subscription.state === "standing") subscription.state = "interrupted";
          }
          options.onLost?.(error);
        },
        // It fails when the connection is lost again, which is reported there, and after which this runs again.
        onReady: () => void restore().catch(() => {}),
      }),
    );
    heartbeat = setInterval(() => {
      // A silent connection is replaced by the failed command itself; an outage is reported by the connection.
      connection.bounded((client) => client.ping()).catch(() => {});
    }, heartbeatMs);
    heartbeat.unref();
    return connection;
  }

  async function unsubscribe(channel: string, subscription: Subscription): Promise<void> {
    const subscriptions = channels.get(channel);
    if (!subscriptions?.delete(subscription) || subscriptions.size > 0) return;
    channels.delete(channel);
    // While the server is away this waits in the client's queue, and nobody needs to wait for it.
    await subscriber?.bounded((client) => client.unsubscribe(channel, dispatch)).catch(() => {});
  }

  return {
    driver: "redis",
    async get(key) {
      return z
        .string()
        .nullable()
        .parse(await commands.command(["GET", key]));
    },
    async set(key, value, ttlMs) {
      await commands.command(["SET", key, value, "PX", String(ttlMs)]);
    },
    async unlink(key) {
      return z.number().parse(await commands.command(["UNLINK", key]));
    },
    async publish(channel, message) {
      await commands.command(["PUBLISH", channel, message]);
    },
    async ping() {
      await commands.command(["PING"]);
    },
    evaluate: (script, keys, args) =>
      evaluateWithFallback(script, (command, body) =>
        commands.command([command.toUpperCase(), body, String(keys.length), ...keys, ...args]),
      ),

    async subscribe(channel, listener, onResubscribe) {
      subscriber ??= openSubscriber();
      const subscription: Subscription = { listener, onResubscribe, state: "starting" };
      const subscriptions = channels.get(channel) ?? new Set();
      channels.set(channel, subscriptions.add(subscription));
      try {
        await subscriber.bounded((client) => client.subscribe(channel, dispatch));
      } catch (error) {
        await unsubscribe(channel, subscription);
        throw error;
      }
      subscription.state = "standing";
      return () => unsubscribe(channel, subscription);
    },

    async close() {
      clearInterval(heartbeat);
      channels.clear();
      subscriber?.close();
      commands.close();
    },
  };
}

function withRestored({ onLost = () => {}, onRestored = () => {} }: TcpTransportOptions) {
  let lost = false;
  return {
    onLost: (error: unknown) => {
      lost = true;
      onLost(error);
    },
    onReady: () => {
      if (lost) onRestored();
      lost = false;
    },
  };
}

function connectionOptions(
  options: TcpTransportOptions,
  name: string,
  events: Pick<ConnectionOptions, "onLost" | "onReady">,
): ConnectionOptions {
  return {
    url: options.url,
    name,
    connectTimeoutMs: options.connectTimeoutMs ?? 3_000,
    commandTimeoutMs: options.commandTimeoutMs ?? 2_000,
    offlineGraceMs: options.offlineGraceMs ?? 1_000,
    queueMax: options.queueMax ?? 10_000,
    ...events,
  };
}
