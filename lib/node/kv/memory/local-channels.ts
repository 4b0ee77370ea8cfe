type Listener = (message: string) => void;

/** Publish/subscribe inside one process. A message is delivered after `publish` returned, in order. */
export function createLocalChannels(onError: (error: unknown) => void) {
  const channels = new Map<string, Set<{ listener: Listener }>>();

  return {
    publish(channel: string, message: string): void {
      for (const subscription of channels.get(channel) ?? []) {
        queueMicrotask(() => {
          if (!channels.get(channel)?.has(subscription)) return;
          try {
            subscription.listener(message);
          } catch (error) {
            onError(error);
          }
        });
      }
    },

    subscribe(channel: string, listener: Listener): () => Promise<void> {
      // An object of its own, so that one listener can be subscribed twice.
      const subscription = { listener };
      const subscriptions = channels.get(channel) ?? new Set();
      channels.set(channel, subscriptions.add(subscription));
      return async () => {
        subscriptions.delete(subscription);
        if (subscriptions.size === 0 && channels.get(channel) === subscriptions) channels.delete(channel);
      };
    },

    clear(): void {
      channels.clear();
    },
  };
}
