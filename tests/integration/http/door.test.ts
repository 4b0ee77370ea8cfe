import { once } from "node:events";
import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import { type AddressInfo, connect } from "node:net";
import { networkInterfaces } from "node:os";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import { getRegistry } from "#lib/node/metrics/registry.ts";
import { type Client, identifyClient } from "#lib/server/http/client.ts";
import { openDoor } from "#lib/server/http/door.ts";

interface Seen {
  client: Client;
  headers: IncomingHttpHeaders;
}

const closers: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
});

/** A bare server behind the door; answers what a route handler would know of the client. */
async function serve(options: { trustedProxies: number; host?: string }): Promise<Server> {
  closers.push(openDoor(options));
  const server = createServer((request, response) => {
    const headers = new Headers();
    for (const [name, value] of Object.entries(request.headers)) headers.set(name, String(value));
    const client = identifyClient({
      headers,
      method: request.method ?? "",
      url: `http://localhost${request.url}`,
    });
    response.end(JSON.stringify({ client, headers: request.headers } satisfies Seen));
  });
  server.listen(0, options.host ?? "127.0.0.1");
  await once(server, "listening");
  closers.push(() => server.close());
  return server;
}

/** Sends the bytes as they are, since clients of today tidy up what is hostile. */
async function send(
  server: Server,
  lines: string[],
  target = "GET / HTTP/1.1",
): Promise<Seen & { head: string }> {
  const { port, address } = server.address() as AddressInfo;
  const socket = connect(port, address === "::" ? "127.0.0.1" : address);
  const hasHost = lines.some((line) => /^host:/i.test(line));
  const head = [target, ...(hasHost ? [] : ["Host: localhost"]), ...lines, "Connection: close", "", ""];
  socket.end(head.join("\r\n"));
  const answer = await text(socket);
  const split = answer.indexOf("\r\n\r\n");
  const body = answer.slice(split + 4);
  return {
    ...(JSON.parse(body.slice(body.indexOf("{"), body.lastIndexOf("}") + 1)) as Seen),
    head: answer.slice(0, split),
  };
}

describe("the door, with no proxy in front", () => {
  it("knows the client by the socket, whatever the client claims", async () => {
    const server = await serve({ trustedProxies: 0 });
    const { client } = await send(server, [
      "X-Forwarded-For: 8.8.8.8",
      "X-Real-IP: 8.8.4.4",
      "Forwarded: for=1.1.1.1",
    ]);
    expect(client.key).toBe("127.0.0.1");
  });

  it("takes the claims of outsiders off the request", async () => {
    const server = await serve({ trustedProxies: 0 });
    const { headers } = await send(server, [
      "X-Forwarded-For: 8.8.8.8",
      "X-Forwarded-Host: evil.example",
      "X-Forwarded-Proto: https",
    ]);
    expect(Object.keys(headers).filter((name) => name.startsWith("x-forwarded"))).toEqual([]);
  });

  it("cannot be told by the client what to say", async () => {
    const server = await serve({ trustedProxies: 0 });
    const plain = await send(server, []);
    const forged = await send(server, ["X-Qui-Door: x;8.8.8.8;l;", "x-qui-door: y;8.8.4.4;;"]);
    expect(forged.client).toEqual(plain.client);
  });

  it("gives a dual-stack socket's client its IPv4 name", async () => {
    const server = await serve({ trustedProxies: 0, host: "::" });
    expect((await send(server, [])).client.key).toBe("127.0.0.1");
  });

  it("tells this machine from one that speaks for others", async () => {
    const server = await serve({ trustedProxies: 0 });
    expect((await send(server, [])).client).toMatchObject({ local: true, shared: false });
    expect((await send(server, ["Host: 127.0.0.1:3000"])).client.local).toBe(true);
    expect((await send(server, ["Host: rebound.example"])).client.local).toBe(false);
    for (const line of [
      "X-Forwarded-For: 10.0.0.1",
      "Forwarded: for=10.0.0.1",
      "Via: 1.1 nginx",
      "X-Real-IP: 10.0.0.1",
    ]) {
      expect((await send(server, [line])).client).toMatchObject({ local: false, shared: true });
    }
  });

  it.runIf(ownAddress())("does not take another interface of this machine for loopback", async () => {
    const server = await serve({ trustedProxies: 0, host: ownAddress() ?? "" });
    expect((await send(server, [])).client).toMatchObject({ key: ownAddress(), local: false, shared: false });
  });

  it("classifies the request line as it was sent, before anyone tidies it up", async () => {
    const server = await serve({ trustedProxies: 0 });
    const probe = async (target: string) => (await send(server, [], `${target} HTTP/1.1`)).client.probe;
    expect(await probe("GET /a/%2e%2e/%2e%2e/etc/passwd")).toBe("traversal");
    expect(await probe("GET /../../etc/passwd")).toBe("traversal");
    expect(await probe("GET http://other.example/")).toBe("odd");
    expect(await probe("PROPFIND /")).toBe("odd");
    expect(await probe("GET /.env")).toBe("scanner");
    expect(await probe("GET /space?url=https://x.example/.env")).toBeNull();
  });

  it("puts the security headers on every answer", async () => {
    const server = await serve({ trustedProxies: 0 });
    const { head } = await send(server, []);
    for (const line of [
      "X-Content-Type-Options: nosniff",
      "X-Frame-Options: DENY",
      "Referrer-Policy: no-referrer",
      "Strict-Transport-Security: max-age=",
    ]) {
      expect(head).toContain(line);
    }
    expect(head).toContain("Content-Security-Policy: default-src 'none'");
  });

  it("measures every answer by kind and status", async () => {
    const server = await serve({ trustedProxies: 0 });
    const count = async () => {
      const metric = await getRegistry().getSingleMetric("qui_http_response_duration_seconds")?.get();
      const found = metric?.values.find(
        (value) =>
          "metricName" in value &&
          String(value.metricName).endsWith("_count") &&
          value.labels.kind === "asset",
      );
      return found?.value ?? 0;
    };
    const before = await count();
    await send(server, [], "GET /_next/static/x.js HTTP/1.1");
    expect((await count()) - before).toBe(1);
  });
});

describe("the door, behind one trusted proxy", () => {
  it("believes what the proxy appended and nothing before it", async () => {
    const server = await serve({ trustedProxies: 1 });
    const { client } = await send(server, ["X-Forwarded-For: 127.0.0.1, 203.0.113.9, 2001:db8:1:2:3::4"]);
    expect(client).toMatchObject({
      key: "2001:db8:1:2::/64",
      address: "2001:db8:1:2:3::4",
      local: false,
      shared: false,
    });
  });

  it("joins repeated headers in the order they came", async () => {
    const server = await serve({ trustedProxies: 1 });
    const { client } = await send(server, ["X-Forwarded-For: 6.6.6.6", "X-Forwarded-For: 203.0.113.9"]);
    expect(client.key).toBe("203.0.113.9");
  });

  it("is never this machine, even when the proxy says loopback", async () => {
    const server = await serve({ trustedProxies: 1 });
    expect((await send(server, ["X-Forwarded-For: 127.0.0.1"])).client.local).toBe(false);
    expect((await send(server, [])).client.local).toBe(false);
  });

  it("leaves the proxy's own headers on the request", async () => {
    const server = await serve({ trustedProxies: 1 });
    const { headers } = await send(server, ["X-Forwarded-Host: qui.example", "X-Forwarded-Proto: https"]);
    expect(headers).toMatchObject({ "x-forwarded-host": "qui.example", "x-forwarded-proto": "https" });
  });
});

describe("without the door", () => {
  it("nobody is known, and nobody can be blocked for it", async () => {
    const server = await serve({ trustedProxies: 0 });
    closers.shift()?.();
    const { client } = await send(server, ["X-Forwarded-For: 8.8.8.8", "X-Qui-Door: x;127.0.0.1;l;"]);
    expect(client).toMatchObject({ key: "unknown", local: false, shared: true });
  });
});

function ownAddress(): string | undefined {
  return Object.values(networkInterfaces())
    .flat()
    .find((address) => address && !address.internal && address.family === "IPv4")?.address;
}
