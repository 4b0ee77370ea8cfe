import { AppError } from "#lib/core/errors/app-error.ts";
import { readDataLines } from "#lib/node/kv/redis/read-data-lines.ts";
import { reconnectDelayMs } from "#lib/node/kv/redis/reconnect-delay.ts";

export interface UpstashSubscriptionsOptions {
  url: string;
  token: string;
  connectTimeoutMs: number;
  onLost?: (error: unknown) => void;
  onListenerError?: (error: unknown) => void;
}

/**
 * Subscriptions over Upstash's `POST /subscribe/<channel>`, a stream of server-sent
 * events `data: message,<channel>,<payload>`. The package's own subscriber does not
 * tell when its stream ends, so it could go deaf unnoticed; this one connects again,
 * and says so. A stream on which nothing comes is ended by fetch after five minutes
 * and opened anew, which also finds a connection that died silently.
 */
export function createUpstashSubscriptions(options: UpstashSubscriptionsOptions) {
  const { onLost = () => {}, onListenerError = () => {} } = options;
  const open = new Set<AbortController>();

  /** Reads one stream until it ends; `onStanding` is called when the server confirms the subscription. */
  async function follow(
    channel: string,
    signal: AbortSignal,
    listener: (message: string) => void,
    onStanding: () => void,
  ): Promise<void> {
    const attempt = new AbortController();
    const timer = setTimeout(
      () => attempt.abort(new Error(`Upstash did not confirm within ${options.connectTimeoutMs} ms`)),
      options.connectTimeoutMs,
    );
    try {
      const response = await fetch(
        `${options.url.replace(/\/$/, "")}/subscribe/${encodeURIComponent(channel)}`,
        {
          method: "POST",
          headers: { Authorization: `Bearer ${options.token}`, Accept: "text/event-stream" },
          cache: "no-store",
          signal: AbortSignal.any([signal, attempt.signal]),
        },
      );
      if (!response.ok || !response.body) throw new Error(`Upstash answered ${response.status} to subscribe`);
      const confirmed = `subscribe,${channel},`;
      const message = `message,${channel},`;
      for await (const data of readDataLines(response.body)) {
        if (data.startsWith(confirmed)) {
          clearTimeout(timer);
          onStanding();
        } else if (data.startsWith(message)) {
          guarded(() => listener(data.slice(message.length)));
        }
      }
      throw new Error("Upstash ended the subscription's stream");
    } finally {
      clearTimeout(timer);
    }
  }

  function guarded(run: () => void): void {
    try {
      run();
    } catch (error) {
      onListenerError(error);
    }
  }

  return {
    subscribe(
      channel: string,
      listener: (message: string) => void,
      onResubscribe: () => void,
    ): Promise<() => Promise<void>> {
      const controller = new AbortController();
      open.add(controller);
      const end = async () => {
        open.delete(controller);
        controller.abort();
      };
      return new Promise((resolve, reject) => {
        let stood = false;
        let failures = 0;
        const onStanding = () => {
          failures = 0;
          if (stood) guarded(onResubscribe);
          stood = true;
          resolve(end);
        };
        const run = () =>
          follow(channel, controller.signal, listener, onStanding).catch((error: unknown) => {
            if (controller.signal.aborted) return reject(closedError());
            if (!stood) {
              void end();
              return reject(new AppError("unavailable", { detail: "kv: subscribe failed", cause: error }));
            }
            if (failures === 0) onLost(error);
            setTimeout(run, reconnectDelayMs(failures++)).unref();
          });
        void run();
      });
    },

    close(): void {
      for (const controller of open) controller.abort();
      open.clear();
    },
  };
}

function closedError(): AppError {
  return new AppError("unavailable", { detail: "kv: the subscription was ended" });
}
