import { Agent, createServer, request, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, it } from "vitest";
import { drainConnections } from "#lib/node/http/drain-connections.ts";

let stopping: AbortController;
let unwatch: () => void;
let server: Server;
let agent: Agent;
let answer: (text: string) => void;
let asked: Promise<void>;

beforeEach(async () => {
  stopping = new AbortController();
  unwatch = drainConnections(stopping.signal);
  agent = new Agent({ keepAlive: true, maxSockets: 2 });
  const slow = Promise.withResolvers<string>();
  const arrived = Promise.withResolvers<void>();
  answer = slow.resolve;
  asked = arrived.promise;
  server = createServer(async ({ url }, response) => {
    if (url !== "/slow") return void response.end("fast");
    arrived.resolve();
    response.end(await slow.promise);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  unwatch();
  agent.destroy();
  server.closeAllConnections();
  server.close();
});

const get = (path: string) =>
  new Promise<{ text: string; connection: string | undefined }>((resolve, reject) => {
    const { port } = server.address() as AddressInfo;
    request({ port, host: "127.0.0.1", path, agent }, async (response) => {
      const text = Buffer.concat(await response.toArray()).toString();
      resolve({ text, connection: response.headers.connection });
    })
      .on("error", reject)
      .end();
  });

it("keeps connections while the server runs", async () => {
  expect(await get("/")).toEqual({ text: "fast", connection: "keep-alive" });
});

it("finishes what is under way, then lets the server close", async () => {
  const slow = get("/slow");
  await asked;
  const closed = new Promise((resolve) => server.close(resolve));
  stopping.abort();
  answer("slow, and whole");
  expect((await slow).text).toBe("slow, and whole");
  await closed;
});

it("ends a connection that its client keeps busy with the next answer", async () => {
  const slow = get("/slow");
  await asked;
  stopping.abort();
  expect(await get("/")).toEqual({ text: "fast", connection: "close" });
  answer("done");
  await slow;
});
