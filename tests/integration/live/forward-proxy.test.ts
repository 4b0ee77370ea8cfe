import { once } from "node:events";
import { type IncomingMessage, request as requestHttp } from "node:http";
import { connect, type Socket } from "node:net";
import { createServer as createTlsServer, connect as tlsConnect } from "node:tls";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createForwardProxy, type ForwardProxy } from "#lib/node/egress/forward-proxy.ts";
import type { ForwardProxyClient } from "#lib/node/egress/forward-proxy-clients.ts";
import type { ForwardProxyLimits } from "#lib/node/egress/forward-proxy-limits.ts";
import { createSelfSigned } from "../egress/self-signed.ts";
import { createWorld, OTHER, SITE, until, type World } from "../egress/world.ts";

let world: World;
let proxy: ForwardProxy;
let client: ForwardProxyClient;
let authorization: string;

async function start({ limits, allow }: { limits?: Partial<ForwardProxyLimits>; allow?: string[] } = {}) {
  await proxy?.close();
  proxy = await createForwardProxy({
    ...world.options(allow ? { allow } : {}),
    ...(limits ? { limits } : {}),
  });
  client = proxy.addClient();
  const { username, password } = client;
  authorization = `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}

beforeEach(async () => {
  world = createWorld();
  await start();
});
afterEach(async () => {
  await proxy.close();
  await world.close();
});

interface Answer {
  status: number;
  headers: IncomingMessage["headers"];
  body: string;
}

/** Asks in absolute form, as browsers do for http. */
function ask(url: string, headers: Record<string, string> = {}, body = ""): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const outgoing = requestHttp(
      {
        port: new URL(proxy.url).port,
        host: "127.0.0.1",
        path: url,
        method: body ? "POST" : "GET",
        headers: { host: "x", "proxy-authorization": authorization, ...headers },
      },
      (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk) => chunks.push(chunk)).on("error", reject);
        response.on("end", () => {
          resolve({
            status: response.statusCode ?? 0,
            headers: response.headers,
            body: Buffer.concat(chunks).toString(),
          });
        });
      },
    );
    outgoing.on("error", reject);
    outgoing.end(body);
  });
}

/** Asks for a tunnel; the answer's head, and the connection behind it. */
function tunnel(authority: string, proof = authorization): Promise<{ head: string; socket: Socket }> {
  return new Promise((resolve, reject) => {
    const socket = connect(Number(new URL(proxy.url).port), "127.0.0.1");
    socket.on("error", reject);
    socket.write(
      `CONNECT ${authority} HTTP/1.1\r\nHost: ${authority}\r\nProxy-Authorization: ${proof}\r\n\r\n`,
    );
    let head = "";
    socket.on("data", function read(chunk) {
      head += chunk.toString("latin1");
      if (!head.includes("\r\n\r\n")) return;
      socket.off("data", read);
      resolve({ head, socket });
    });
  });
}

test("passes a request on to the address that was checked, without what is said to the proxy", async () => {
  const seen: { headers: string[]; body: string }[] = [];
  const port = await world.serve(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    seen.push({ headers: request.rawHeaders, body });
    response.writeHead(201, { "Set-Cookie": ["a=1", "b=2"], "Qui-Refused": "spoofed", Connection: "close" });
    response.end("made");
  });
  world.answer("site.example.com", [SITE]);
  world.route(SITE, 80, port);

  const answer = await ask(
    "http://site.example.com/a%20b?c=d",
    { "X-Own": "kept", "proxy-connection": "keep-alive", connection: "x-hop", "x-hop": "1" },
    "sent",
  );
  expect(answer).toMatchObject({ status: 201, body: "made", headers: { "set-cookie": ["a=1", "b=2"] } });
  expect(answer.headers["qui-refused"]).toBeUndefined();
  expect(world.dialled).toEqual([`${SITE}:80`]);
  const names = seen[0]?.headers.filter((_, index) => index % 2 === 0).map((name) => name.toLowerCase());
  expect(names).toEqual(expect.arrayContaining(["x-own", "host"]));
  expect(names).not.toEqual(expect.arrayContaining(["proxy-authorization"]));
  expect(names).not.toEqual(expect.arrayContaining(["proxy-connection"]));
  expect(names).not.toEqual(expect.arrayContaining(["x-hop"]));
  expect(seen[0]?.headers).toContain("site.example.com");
  expect(seen[0]?.body).toBe("sent");
});

test("carries WebSockets only as its client's owner says, and calls no site that is suspected before it knows", async () => {
  const name = "chat.example.com";
  const tls = createTlsServer({ ...createSelfSigned(name), ALPNProtocols: ["h2", "http/1.1"] });
  const port = await world.serveRaw((socket) => void tls.emit("connection", socket));
  world.answer(name, [SITE]);
  world.route(SITE, 443, port);
  let mayOpen = false;
  let isSuspect = true;
  const asked: string[] = [];
  client.watch = {
    suspects: () => isSuspect,
    async mayOpenWebSocket({ hostname, port: asking }) {
      asked.push(`${hostname}:${asking}`);
      return mayOpen;
    },
  };
  async function shake(...protocols: string[]): Promise<string> {
    const { socket } = await tunnel(`${name}:443`);
    return new Promise((resolve) => {
      const secured = tlsConnect(
        { socket, servername: name, ALPNProtocols: protocols, rejectUnauthorized: false },
        () => resolve("secured"),
      );
      secured.on("error", ({ message }) => resolve(message));
    }).finally(() => socket.destroy()) as Promise<string>;
  }

  expect(await shake("http/1.1")).toMatch(/unrecognized name/);
  const plain = await tunnel(`${name}:443`);
  plain.socket.write("GET /socket HTTP/1.1\r\nUpgrade: websocket\r\n\r\n");
  const [answer] = (await once(plain.socket, "data")) as [Buffer];
  expect(answer.toString()).toMatch(/^HTTP\/1\.1 403 /);
  expect(world.resolved).toEqual([]);

  expect(await shake("h2", "http/1.1")).toBe("secured");
  expect(asked).toEqual([`${name}:443`, `${name}:443`]);
  isSuspect = false;
  expect(await shake("http/1.1")).toMatch(/unrecognized name/);
  mayOpen = true;
  expect(await shake("http/1.1")).toBe("secured");
  await until(() => client.open === 0);
});

test("carries bytes both ways through a tunnel, and ends it with either end", async () => {
  const port = await world.serveRaw((socket) => socket.pipe(socket));
  world.answer("secure.example.com", [SITE]);
  world.route(SITE, 443, port);
  const { head, socket } = await tunnel("secure.example.com:443");
  expect(head).toBe("HTTP/1.1 200 Connection established\r\n\r\n");
  const echoed = new Promise((resolve) => socket.once("data", (chunk) => resolve(chunk.toString())));
  socket.write("hello");
  expect(await echoed).toBe("hello");
  const closed = new Promise((resolve) => socket.once("close", resolve));
  socket.end();
  await closed;
});

test("refuses private, link-local, IPv6 and local hosts in every spelling without opening a socket", async () => {
  world.answer("rebind.example.com", ["10.0.0.1"]);
  world.answer("mixed.example.com", [SITE, "127.0.0.1"]);
  for (const host of [
    "127.0.0.1",
    "0x7f000001",
    "2130706433",
    "10.1.2.3",
    "192.168.0.1",
    "169.254.169.254",
    "[::1]",
    "[::ffff:127.0.0.1]",
    "localhost",
    "metadata.google.internal",
    "rebind.example.com",
    "mixed.example.com",
  ]) {
    const plain = await ask(`http://${host}/`);
    expect([host, plain.status, plain.headers["qui-refused"]]).toEqual([host, 403, "blocked_address"]);
    const { head } = await tunnel(`${host}:443`);
    expect([host, head]).toEqual([
      host,
      expect.stringMatching(/^HTTP\/1\.1 403 .*qui-refused: blocked_address/s),
    ]);
  }
  expect(world.dialled).toEqual([]);
  expect(proxy.whyRefused({ hostname: "rebind.example.com", port: 443 })).toBe("blocked_address");
});

test("a name that turns private is refused on its next connection", async () => {
  const port = await world.serve((_, response) => response.end("public"));
  world.route(SITE, 80, port);
  world.answer("turn.example.com", [SITE], ["127.0.0.1"]);
  expect((await ask("http://turn.example.com/")).body).toBe("public");
  expect((await ask("http://turn.example.com/")).headers["qui-refused"]).toBe("blocked_address");
  expect(world.dialled).toEqual([`${SITE}:80`]);
});

test("refuses ports that are not open to pages, and passes private pairs that the policy names", async () => {
  expect((await ask(`http://${SITE}:25/`)).headers["qui-refused"]).toBe("blocked_port");
  const port = await world.serve((_, response) => response.end("own"));
  await start({ allow: [`127.0.0.1:${port}`] });
  expect((await ask(`http://127.0.0.1:${port}/`)).body).toBe("own");
});

test("lets nobody in without the browser's secret, and nobody with one that has ended", async () => {
  expect((await ask(`http://${SITE}/`, { "proxy-authorization": "Basic eDp5" })).status).toBe(407);
  expect((await tunnel(`${SITE}:443`, "Basic eDp5")).head).toMatch(/^HTTP\/1\.1 407 /);
  const ended = proxy.addClient();
  proxy.removeClient(ended);
  const proof = `Basic ${Buffer.from(`${ended.username}:${ended.password}`).toString("base64")}`;
  expect((await ask(`http://${SITE}/`, { "proxy-authorization": proof })).status).toBe(407);
  expect(world.dialled).toEqual([]);
});

test("is no web server of its own: an address without a scheme is refused", async () => {
  expect((await ask("/metrics")).status).toBe(403);
  expect((await ask("https://site.example.com/")).headers["qui-refused"]).toBe("invalid_url");
  expect((await tunnel("site.example.com")).head).toMatch(/qui-refused: invalid_url/);
});

test("says why there is no connection: no such name, a closed port, an answer that is none", async () => {
  expect((await ask("http://nowhere.example.com/")).headers["qui-refused"]).toBe("name_not_found");
  world.answer("closed.example.com", [OTHER]);
  expect((await ask("http://closed.example.com/")).headers["qui-refused"]).toBe("unreachable");
  const port = await world.serveRaw((socket) => socket.end("what?\r\n\r\n"));
  world.route(OTHER, 8080, port);
  const broken = await ask("http://closed.example.com:8080/");
  expect(broken).toMatchObject({ status: 502, headers: { "qui-refused": "bad_response" } });
});

test("one browser holds so many connections and no more, and each that ends makes room", async () => {
  const port = await world.serveRaw(() => {});
  world.answer("busy.example.com", [SITE]);
  world.route(SITE, 443, port);
  await start({ limits: { connectionsPerClientMax: 2 } });
  const [first] = await Promise.all([tunnel("busy.example.com:443"), tunnel("busy.example.com:443")]);
  expect((await tunnel("busy.example.com:443")).head).toMatch(/^HTTP\/1\.1 503 /);
  first.socket.destroy();
  let head = "";
  do ({ head } = await tunnel("busy.example.com:443"));
  while (head.startsWith("HTTP/1.1 503"));
  expect(head).toMatch(/^HTTP\/1\.1 200 /);
});

test("a tunnel that is silent ends, and so does one whose site cannot be reached in time", async () => {
  const port = await world.serveRaw(() => {});
  world.answer("silent.example.com", [SITE]);
  world.route(SITE, 443, port);
  await start({ limits: { idleTimeoutMs: 50 } });
  const { socket } = await tunnel("silent.example.com:443");
  let closed = false;
  socket.once("close", () => {
    closed = true;
  });
  await until(() => closed);
});

test("refuses more headers than a browser sends", async () => {
  await start({ limits: { headerBytesMax: 4096 } });
  expect((await ask(`http://${SITE}/`, { cookie: "a".repeat(8192) })).status).toBe(431);
  expect(world.dialled).toEqual([]);
});
