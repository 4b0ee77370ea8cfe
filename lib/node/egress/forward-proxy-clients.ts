import { createHash, randomBytes, timingSafeEqual } from "node:crypto";
import type { ProxyTarget } from "#lib/node/egress/forward-proxy-target.ts";

/** Whoever owns a browser decides about its WebSockets, which no interception of requests shows. */
export interface TunnelWatch {
  /** Whether a WebSocket to this host may be refused: nothing is looked up then before it is known what a tunnel is for. */
  suspects(target: ProxyTarget): boolean;
  /** Whether the WebSocket that asks for this tunnel may have it. Answers within bounds, never rejects. */
  mayOpenWebSocket(target: ProxyTarget): Promise<boolean>;
}

/** Who may use the proxy: a browser of ours, by a secret that ends with it. */
export interface ForwardProxyClient {
  readonly username: string;
  readonly password: string;
  /** Connections out it holds now. */
  open: number;
  /** Null: every WebSocket may pass. */
  watch: TunnelWatch | null;
}

export interface ForwardProxyClients {
  add(): ForwardProxyClient;
  remove(client: ForwardProxyClient): void;
  /** The client a `Proxy-Authorization` header proves, or null. */
  find(authorization: string | undefined): ForwardProxyClient | null;
}

export function createForwardProxyClients(): ForwardProxyClients {
  const clients = new Map<string, ForwardProxyClient>();
  return {
    add() {
      const client: ForwardProxyClient = {
        username: randomBytes(9).toString("hex"),
        password: randomBytes(24).toString("hex"),
        open: 0,
        watch: null,
      };
      clients.set(client.username, client);
      return client;
    },
    remove: ({ username }) => void clients.delete(username),
    find(authorization = "") {
      const encoded = /^basic ([a-z0-9+/=]{1,512})$/i.exec(authorization)?.[1] ?? "";
      const [username = "", password = ""] = Buffer.from(encoded, "base64").toString("utf8").split(":");
      const client = clients.get(username);
      return client && timingSafeEqual(digest(client.password), digest(password)) ? client : null;
    },
  };
}

/** Equal lengths, which the comparison needs. */
function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
