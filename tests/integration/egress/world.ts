import { createServer as createHttpServer, type RequestListener } from "node:http";
import {
  type AddressInfo,
  connect,
  createServer as createTcpServer,
  type Server,
  type Socket,
} from "node:net";
import { createEgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { createEgress, type EgressOptions } from "#lib/node/egress/create-egress.ts";

/** Two public addresses that stand for a site, and what each test may map them to. */
export const SITE = "93.184.216.34";
export const OTHER = "151.101.1.140";

export interface World {
  /** What the resolver under the test's control answers, call by call; the last answer repeats. */
  answer(name: string, ...answers: string[][]): void;
  /** Makes a public address and port lead to a local one. */
  route(address: string, port: number, localPort: number): void;
  serve(listener: RequestListener): Promise<number>;
  serveRaw(onSocket: (socket: Socket) => void): Promise<number>;
  /** Connections that were opened, as `address:port`, in order. */
  readonly dialled: string[];
  readonly resolved: string[];
  /** For `createEgress`; the code under test is the real one from the URL down to the socket call. */
  options(extra?: { allow?: string[]; ca?: string }): EgressOptions;
  egress(extra?: { allow?: string[]; ca?: string }): ReturnType<typeof createEgress>;
  close(): Promise<void>;
}

/** A small internet: names, public addresses and local servers behind them. */
export function createWorld(): World {
  const answers = new Map<string, string[][]>();
  const routes = new Map<string, number>();
  const servers = new Set<Server>();
  const sockets = new Set<Socket>();
  const made: ReturnType<typeof createEgress>[] = [];
  const dialled: string[] = [];
  const resolved: string[] = [];

  async function listen(server: Server): Promise<number> {
    servers.add(server);
    server.on("connection", (socket: Socket) => {
      sockets.add(socket);
      socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    return (server.address() as AddressInfo).port;
  }

  const options: World["options"] = ({ allow = [], ca } = {}) => ({
    policy: createEgressPolicy({ ports: ["80", "443", "8080", "8443"], allow }),
    resolveName: async (name) => {
      resolved.push(name);
      const queue = answers.get(name);
      const next = queue && queue.length > 1 ? queue.shift() : queue?.[0];
      if (!next) throw Object.assign(new Error(`queryA ENOTFOUND ${name}`), { code: "ENOTFOUND" });
      return next;
    },
    openSocket: ({ address, port }) => {
      dialled.push(`${address}:${port}`);
      const localPort = routes.get(`${address}:${port}`) ?? (address.startsWith("127.") ? port : undefined);
      // Port 1 of this machine refuses at once, as a closed port of a site does.
      return connect({ host: "127.0.0.1", port: localPort ?? 1 });
    },
    ...(ca === undefined ? {} : { ca }),
  });

  return {
    dialled,
    resolved,
    options,
    answer: (name, ...list) => void answers.set(name, list),
    route: (address, port, localPort) => void routes.set(`${address}:${port}`, localPort),
    serve: (listener) => listen(createHttpServer(listener)),
    serveRaw: (onSocket) => listen(createTcpServer(onSocket)),
    egress: (extra) => {
      const egress = createEgress(options(extra));
      made.push(egress);
      return egress;
    },
    async close() {
      await Promise.all(made.map((egress) => egress.close()));
      for (const socket of sockets) socket.destroy();
      await Promise.all([...servers].map((server) => new Promise((resolve) => server.close(resolve))));
    },
  };
}

/** Resolves once `condition` holds, looked at again after each turn of the event loop; the test's own timeout is the bound. */
export async function until(condition: () => boolean): Promise<void> {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
}
