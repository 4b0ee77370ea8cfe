import { Socket } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync, zstdCompressSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createEgress } from "#lib/node/egress/create-egress.ts";
import type { EgressRequest, EgressResult } from "#lib/node/egress/egress.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { createSelfSigned } from "./self-signed.ts";
import { createWorld, OTHER, SITE, until, type World } from "./world.ts";

const URL_HTTP = "http://site.example.com/";
const OK = "HTTP/1.1 200 OK\r\n";

let world: World;
beforeEach(() => {
  world = createWorld();
  world.answer("site.example.com", [SITE]);
});
afterEach(() => world.close());

/** Serves raw bytes at SITE:80; answers the sockets that were opened to it. */
async function origin(onRequest: (socket: Socket, head: string) => void): Promise<Socket[]> {
  const sockets: Socket[] = [];
  const port = await world.serveRaw((socket) => {
    sockets.push(socket);
    socket.on("data", (data) => onRequest(socket, data.toString("latin1")));
  });
  world.route(SITE, 80, port);
  return sockets;
}

/** The code a caller sees, whether the request or its body failed, or the text of the body. */
async function outcome(request: Partial<EgressRequest> = {}, egress = world.egress()): Promise<string> {
  const result: EgressResult = await egress.fetch({ url: URL_HTTP, ...request });
  if (!result.ok) return result.code;
  try {
    return Buffer.from(await readBody(result, { bytesMax: 100_000_000 })).toString();
  } catch (error) {
    return error instanceof AppError ? `body: ${error.code}` : `body: ${error}`;
  }
}

/** `more` bytes are announced and never sent, so that the connection stays in use. */
const compressed = (encoding: string, body: Buffer, more = 0) =>
  origin((socket) => {
    socket.write(`${OK}content-encoding: ${encoding}\r\ncontent-length: ${body.length + more}\r\n\r\n`);
    socket.write(body);
  });

describe("content codings", () => {
  const page = Buffer.from("<p>grün</p>".repeat(1000));
  test.each([
    ["gzip", gzipSync(page)],
    ["x-gzip", gzipSync(page)],
    ["GZIP", gzipSync(page)],
    ["deflate", deflateSync(page)],
    ["deflate", deflateRawSync(page)],
    ["br", brotliCompressSync(page)],
    ["zstd", zstdCompressSync(page)],
    ["gzip, br", brotliCompressSync(gzipSync(page))],
    ["identity, gzip", gzipSync(page)],
    ["identity", page],
    ["gzip", gzipSync(page).subarray(0, -8)],
    ["utf-8", page],
    ["gzip, constructor", page],
  ])("%s is undone, or left alone when nobody knows it", async (encoding, body) => {
    await compressed(encoding, body);
    expect(await outcome()).toBe(page.toString());
  });

  test("an empty body stays empty under any coding", async () => {
    await compressed("gzip", Buffer.alloc(0));
    expect(await outcome()).toBe("");
  });

  test("garbage under a coding is a bad response and ends the connection", async () => {
    for (const encoding of ["gzip", "deflate", "br", "zstd"]) {
      const sockets = await compressed(encoding, Buffer.alloc(50_000, 0xff), 1000);
      expect([encoding, await outcome()]).toEqual([encoding, "body: bad_response"]);
      await until(() => sockets.every((socket) => socket.destroyed));
    }
  });

  test("more nesting than allowed is refused before anything is decoded", async () => {
    await compressed("gzip, gzip, gzip", gzipSync(gzipSync(gzipSync(page))));
    expect(await outcome()).toBe("bad_response");
  });
});

describe("bombs", () => {
  const limits = { decodedBytesMax: 1_000_000 };
  const zeros = Buffer.alloc(64_000_000);
  test.each([
    ["gzip", gzipSync(zeros)],
    ["deflate", deflateSync(zeros)],
    ["br", brotliCompressSync(zeros)],
    ["zstd", zstdCompressSync(zeros)],
    ["gzip, gzip", gzipSync(gzipSync(zeros))],
    ["br, gzip", gzipSync(brotliCompressSync(zeros))],
  ])("%s stops at the decoded limit and ends the connection", async (encoding, body) => {
    const sockets = await compressed(encoding, body, 1000);
    const result = await world.egress().fetch({ url: URL_HTTP, limits });
    if (!result.ok) throw new Error(result.detail);
    let received = 0;
    const failure = await (async () => {
      for await (const chunk of result.body as unknown as AsyncIterable<Uint8Array>)
        received += chunk.byteLength;
    })().catch((error) => error);
    expect(failure).toMatchObject({ code: "too_large" });
    expect(received).toBeLessThanOrEqual(1_000_000);
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("an inner layer that swells is stopped although the outer one shrinks again", async () => {
    // 64 MB of zeros, compressed twice, is tiny outside and 64 KB in the middle; the bound is on every layer.
    await compressed("gzip, gzip", gzipSync(gzipSync(zeros)));
    expect(await outcome({ limits: { decodedBytesMax: 10_000 } })).toBe("body: too_large");
  });

  test("a zstd frame that asks for a huge window is refused", async () => {
    // RFC 8878: magic, a frame header descriptor without a content size, and a window of 2^31 bytes.
    const frame = Buffer.concat([Buffer.from("28b52ffd00a8", "hex"), Buffer.from([1, 0, 0])]);
    await compressed("zstd", frame);
    expect(await outcome()).toBe("body: bad_response");
  });
});

describe("sizes", () => {
  test("an endless body stops at the limit and ends the connection", async () => {
    const sockets = await origin((socket) => {
      socket.write(`${OK}\r\n`);
      const flood = () => {
        while (!socket.destroyed && socket.write(Buffer.alloc(16_384, 97)));
      };
      socket.on("drain", flood);
      flood();
    });
    expect(await outcome({ limits: { bodyBytesMax: 200_000 } })).toBe("body: too_large");
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("a declared length over the limit is refused before the body is read", async () => {
    const sockets = await origin((socket) => socket.write(`${OK}content-length: 100\r\n\r\n`));
    expect(await outcome({ limits: { bodyBytesMax: 99 } })).toBe("too_large");
    await until(() => sockets.every((socket) => socket.destroyed));
    await origin((socket) => socket.end(`${OK}content-length: 100\r\n\r\n${"a".repeat(100)}`));
    expect(await outcome({ limits: { bodyBytesMax: 100 } })).toBe("a".repeat(100));
  });

  test("endless headers are a bad response", async () => {
    const sockets = await origin((socket) => {
      socket.write(OK);
      const flood = () => {
        while (!socket.destroyed && socket.write(`x-${"a".repeat(1000)}: b\r\n`));
      };
      socket.on("drain", flood);
      flood();
    });
    expect(await outcome()).toBe("bad_response");
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("one header line without end is a bad response", async () => {
    await origin((socket) => {
      socket.write(`${OK}x: `);
      const flood = () => {
        while (!socket.destroyed && socket.write("a".repeat(10_000)));
      };
      socket.on("drain", flood);
      flood();
    });
    expect(await outcome()).toBe("bad_response");
  });

  test("interim answers without end are a bad response, and a few of them are not", async () => {
    await origin((socket) => {
      const flood = () => {
        while (!socket.destroyed && socket.write("HTTP/1.1 103 Early Hints\r\nlink: </a>\r\n\r\n"));
      };
      socket.on("drain", flood);
      flood();
    });
    expect(await outcome()).toBe("bad_response");
    await origin((socket) => {
      socket.write("HTTP/1.1 103 Early Hints\r\n\r\n".repeat(3));
      socket.end(`${OK}content-length: 2\r\n\r\nok`);
    });
    expect(await outcome()).toBe("ok");
  });

  test("trailers without end are not read for ever", async () => {
    await origin((socket) => {
      socket.write(`${OK}transfer-encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n`);
      const flood = () => {
        while (!socket.destroyed && socket.write(`x-${"a".repeat(1000)}: b\r\n`));
      };
      socket.on("drain", flood);
      flood();
    });
    expect(await outcome()).toBe("body: bad_response");
  });
});

describe("time", () => {
  test("silence after the request ends at the total time", async () => {
    const sockets = await origin(() => {});
    expect(await outcome({ limits: { totalTimeoutMs: 200 } })).toBe("timed_out");
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("headers that drip end at the total time", async () => {
    await origin((socket) => {
      socket.write(OK);
      const drip = setInterval(() => socket.write("x-a: b\r\n"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    expect(await outcome({ limits: { totalTimeoutMs: 300 } })).toBe("timed_out");
  });

  test("a body that drips is cut off long before the total time", async () => {
    const sockets = await origin((socket) => {
      socket.write(`${OK}\r\n`);
      const drip = setInterval(() => socket.write("a"), 20);
      socket.on("close", () => clearInterval(drip));
    });
    const limits = { totalTimeoutMs: 3_600_000, progressWindowMs: 300, progressBytesMin: 1000 };
    expect(await outcome({ limits })).toBe("body: timed_out");
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("a compressed body that drips is cut off too", async () => {
    const body = gzipSync(Buffer.from("x".repeat(5000)));
    await origin((socket) => {
      socket.write(`${OK}content-encoding: gzip\r\n\r\n`);
      socket.write(body.subarray(0, 12));
    });
    expect(await outcome({ limits: { idleTimeoutMs: 150 } })).toBe("body: timed_out");
  });

  test("a body that is never read ends at the total time and frees its connection", async () => {
    const sockets = await origin((socket) =>
      socket.write(`${OK}content-length: 5000000\r\n\r\n${"a".repeat(500_000)}`),
    );
    const result = await world.egress().fetch({ url: URL_HTTP, limits: { totalTimeoutMs: 3_000 } });
    expect(result.ok).toBe(true);
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("cancelling the body frees the connection at once", async () => {
    const sockets = await origin((socket) => socket.write(`${OK}content-length: 5000000\r\n\r\nabc`));
    const result = await world.egress().fetch({ url: URL_HTTP });
    if (!result.ok) throw new Error(result.detail);
    await result.body.cancel();
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("a body that is cancelled half-way leaves no timer behind", async () => {
    const started = vi.spyOn(globalThis, "setInterval");
    const cleared = vi.spyOn(globalThis, "clearInterval");
    const body = gzipSync(Buffer.from("x".repeat(500_000)), { level: 0 });
    await compressed("gzip", body, 1000);
    const result = await world.egress().fetch({ url: URL_HTTP });
    if (!result.ok) throw new Error(result.detail);
    const reader = result.body.getReader();
    await reader.read();
    const watch = started.mock.results.at(-1)?.value;
    await reader.cancel();
    expect(cleared.mock.calls.map(([timer]) => timer)).toContain(watch);
    vi.restoreAllMocks();
  });

  test("a redirect whose body never ends does not hold its connection", async () => {
    world.answer("other.example.com", [OTHER]);
    const port = await world.serve((_request, response) => response.end("arrived"));
    world.route(OTHER, 80, port);
    const sockets = await origin((socket) => {
      socket.write(
        "HTTP/1.1 302 Found\r\nlocation: http://other.example.com/\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n",
      );
    });
    expect(await outcome()).toBe("arrived");
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("a connection that never opens ends at the connect time", async () => {
    const opened: Socket[] = [];
    const openSocket = () => {
      const socket = new Socket();
      opened.push(socket);
      return socket;
    };
    const egress = createEgress({ ...world.options(), openSocket });
    expect(await outcome({ limits: { connectTimeoutMs: 100 } }, egress)).toBe("timed_out");
    expect(opened.map((socket) => socket.destroyed)).toEqual([true]);
  });
});

describe("the caller's signal", () => {
  const reason = new Error("left the page");
  const abortable = async (when: (controller: AbortController) => void, egress = world.egress()) => {
    const controller = new AbortController();
    const pending = egress.fetch({ url: URL_HTTP, signal: controller.signal });
    when(controller);
    return pending.then(
      () => "answered",
      (error) => error,
    );
  };

  test("stops a request before it begins", async () => {
    await origin((socket) => socket.end(`${OK}\r\nok`));
    await expect(world.egress().fetch({ url: URL_HTTP, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    expect(world.dialled).toEqual([]);
  });

  test("stops during the lookup", async () => {
    const egress = createEgress({ ...world.options(), resolveName: () => new Promise(() => {}) });
    expect(await abortable((controller) => controller.abort(reason), egress)).toBe(reason);
  });

  test("stops while waiting for the head and ends the connection", async () => {
    const controller = new AbortController();
    const sockets = await origin(() => controller.abort(reason));
    await expect(world.egress().fetch({ url: URL_HTTP, signal: controller.signal })).rejects.toBe(reason);
    await until(() => sockets.every((socket) => socket.destroyed));
  });

  test("stops in the middle of the body and ends the connection", async () => {
    const controller = new AbortController();
    const sockets = await origin((socket) => socket.write(`${OK}content-length: 100\r\n\r\nabc`));
    const result = await world.egress().fetch({ url: URL_HTTP, signal: controller.signal });
    if (!result.ok) throw new Error(result.detail);
    const reader = result.body.getReader();
    expect(Buffer.from((await reader.read()).value ?? []).toString()).toBe("abc");
    const next = reader.read();
    controller.abort(reason);
    await expect(next).rejects.toBe(reason);
    await until(() => sockets.every((socket) => socket.destroyed));
  });
});

describe("broken answers", () => {
  const reset = (socket: Socket) => socket.resetAndDestroy();
  test.each<[string, string, (socket: Socket) => void]>([
    ["a reset before the head", "unreachable", reset],
    ["a close without an answer", "unreachable", (socket) => socket.end()],
    ["no HTTP at all", "bad_response", (socket) => socket.end("SSH-2.0-OpenSSH_9.2\r\n")],
    ["HTTP/0.9", "bad_response", (socket) => socket.end("<html>hello</html>")],
    ["an unknown version", "bad_response", (socket) => socket.end("HTTP/9.9 200 OK\r\n\r\n")],
    ["a status that is no number", "bad_response", (socket) => socket.end("HTTP/1.1 abc OK\r\n\r\n")],
    [
      "an upgrade nobody asked for",
      "bad_response",
      (socket) => socket.end("HTTP/1.1 101 Switching Protocols\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
    ],
    ["100 Continue out of turn", "bad_response", (socket) => socket.end("HTTP/1.1 100 Continue\r\n\r\n")],
    [
      "a length that is no number",
      "bad_response",
      (socket) => socket.end(`${OK}content-length: ten\r\n\r\n0123456789`),
    ],
    ["a negative length", "bad_response", (socket) => socket.end(`${OK}content-length: -1\r\n\r\na`)],
    [
      "two lengths that differ",
      "bad_response",
      (socket) => socket.end(`${OK}content-length: 1\r\ncontent-length: 2\r\n\r\nab`),
    ],
    [
      "a length beside chunks",
      "bad_response",
      (socket) =>
        socket.end(`${OK}content-length: 5\r\ntransfer-encoding: chunked\r\n\r\n1\r\na\r\n0\r\n\r\n`),
    ],
    ["a space before the colon", "bad_response", (socket) => socket.end(`${OK}content-length : 2\r\n\r\nok`)],
    ["a zero byte in a header", "bad_response", (socket) => socket.end(`${OK}x: a\0b\r\n\r\nok`)],
    [
      "a folded header",
      "bad_response",
      (socket) => socket.end(`${OK}x: a\r\n b: c\r\ncontent-length: 2\r\n\r\nok`),
    ],
    [
      "a bare return in a header",
      "bad_response",
      (socket) => socket.end(`${OK}x: a\rset-cookie: b\r\n\r\nok`),
    ],
    [
      "a chunk size that is no number",
      "body: bad_response",
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\nzz\r\na\r\n0\r\n\r\n`),
    ],
    [
      "a chunk size past all bounds",
      "body: bad_response",
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n${"f".repeat(40)}\r\na\r\n`),
    ],
    [
      "a chunk longer than it says",
      "body: bad_response",
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n1\r\nabcdef\r\n0\r\n\r\n`),
    ],
    [
      "chunks that stop early",
      "body: bad_response",
      (socket) => socket.end(`${OK}transfer-encoding: chunked\r\n\r\n5\r\nabc`),
    ],
    [
      "a body shorter than its length",
      "body: bad_response",
      (socket) => socket.end(`${OK}content-length: 10\r\n\r\nabc`),
    ],
    [
      "a reset in the body",
      "body: bad_response",
      (socket) => socket.write(`${OK}content-length: 10\r\n\r\nabc`, () => setImmediate(reset, socket)),
    ],
  ])("%s is %s", async (_what, expected, answer) => {
    await origin((socket) => answer(socket));
    expect(await outcome()).toBe(expected);
  });

  test("bytes past the declared length never reach a caller or the next request", async () => {
    const smuggled = `${OK}content-length: 8\r\n\r\nsmuggled`;
    await origin((socket, head) => {
      const own = head.includes("GET /first") ? "first" : "other";
      socket.write(`${OK}content-length: 5\r\n\r\n${own}${smuggled}`);
    });
    const egress = world.egress();
    for (let round = 0; round < 5; round += 1) {
      expect(await outcome({ url: `${URL_HTTP}first` }, egress)).toBe("first");
      expect(await outcome({ url: `${URL_HTTP}second` }, egress)).toBe("other");
    }
  });

  test("a body after 204, 304 or HEAD is not taken for the next answer", async () => {
    await origin((socket, head) => {
      if (head.startsWith("HEAD")) socket.write(`${OK}content-length: 4\r\n\r\n`);
      else if (head.includes("/204"))
        socket.write(`HTTP/1.1 204 No Content\r\ncontent-length: 4\r\n\r\nevil`);
      else if (head.includes("/304"))
        socket.write(`HTTP/1.1 304 Not Modified\r\ncontent-length: 4\r\n\r\nevil`);
      else socket.write(`${OK}content-length: 4\r\n\r\ngood`);
    });
    const egress = world.egress();
    expect(await outcome({ url: `${URL_HTTP}204` }, egress)).toBe("");
    expect(await outcome({}, egress)).toBe("good");
    expect(await outcome({ url: `${URL_HTTP}304` }, egress)).toBe("");
    expect(await outcome({}, egress)).toBe("good");
    expect(await outcome({ method: "HEAD" }, egress)).toBe("");
    expect(await outcome({}, egress)).toBe("good");
  });

  test("a kept connection that the site closed meanwhile is replaced without the caller noticing", async () => {
    const answered = new WeakSet<Socket>();
    let resets = 0;
    await origin((socket) => {
      if (answered.has(socket)) {
        resets += 1;
        socket.resetAndDestroy();
        return;
      }
      answered.add(socket);
      socket.write(`${OK}content-length: 2\r\n\r\nok`);
    });
    const egress = world.egress();
    for (let round = 0; round < 8; round += 1) expect(await outcome({}, egress)).toBe("ok");
    expect(resets).toBeGreaterThan(0);
  });

  test("a header named __proto__ is only a header", async () => {
    await origin((socket) =>
      socket.end(`${OK}__proto__: x\r\nconstructor: y\r\ncontent-length: 2\r\n\r\nok`),
    );
    const result = await world.egress().fetch({ url: URL_HTTP });
    expect(result.ok && Object.entries(result.headers)).toContainEqual(["__proto__", "x"]);
    expect(Object.getPrototypeOf(result.ok && result.headers)).toBe(Object.prototype);
    if (result.ok) await result.body.cancel();
  });

  test("repeated headers are joined", async () => {
    await origin((socket) => socket.end(`${OK}vary: a\r\nvary: b\r\ncontent-length: 0\r\n\r\n`));
    const result = await world.egress().fetch({ url: URL_HTTP });
    expect(result).toMatchObject({ status: 200, headers: { vary: "a, b" } });
  });
});

describe("TLS", () => {
  async function serveTls(
    certificateName: string,
    lifeDays?: number,
  ): Promise<{ cert: string; names: (string | false)[] }> {
    const { key, cert } = createSelfSigned(certificateName, lifeDays);
    const names: (string | false)[] = [];
    const server = createTlsServer({ key, cert }, (socket) => {
      names.push(socket.servername ?? false);
      socket.on("error", () => {}).on("data", () => socket.write(`${OK}content-length: 6\r\n\r\nsecure`));
    });
    server.on("tlsClientError", () => {});
    const port = await world.serveRaw((socket) => server.emit("connection", socket));
    world.route(SITE, 443, port);
    return { cert, names };
  }
  const url = "https://site.example.com/";

  test("a trusted certificate for the name is accepted, and SNI carries the name", async () => {
    const { cert, names } = await serveTls("site.example.com");
    const egress = world.egress({ ca: cert });
    expect(await outcome({ url }, egress)).toBe("secure");
    expect(await outcome({ url: "https://site.example.com./" }, egress)).toBe("secure");
    expect(new Set(names)).toEqual(new Set(["site.example.com"]));
    expect(new Set(world.dialled)).toEqual(new Set([`${SITE}:443`]));
  });

  test("a self-signed, an expired and a mismatched certificate are refused", async () => {
    await serveTls("site.example.com");
    expect(await outcome({ url })).toBe("insecure_connection");
    const expired = await serveTls("site.example.com", -1);
    expect(await outcome({ url }, world.egress({ ca: expired.cert }))).toBe("insecure_connection");
    const other = await serveTls("other.example.com");
    expect(await outcome({ url }, world.egress({ ca: other.cert }))).toBe("insecure_connection");
  });

  test("an address in the URL is matched against the certificate too", async () => {
    const { cert } = await serveTls("site.example.com");
    expect(await outcome({ url: `https://${SITE}/` }, world.egress({ ca: cert }))).toBe(
      "insecure_connection",
    );
  });

  test("plain HTTP on the TLS port is an insecure connection", async () => {
    const port = await world.serveRaw((socket) => socket.end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    world.route(SITE, 443, port);
    expect(await outcome({ url })).toBe("insecure_connection");
  });

  test("a handshake that never ends stops at the connect time", async () => {
    const port = await world.serveRaw(() => {});
    world.route(SITE, 443, port);
    expect(await outcome({ url, limits: { connectTimeoutMs: 150 } })).toBe("timed_out");
  });

  test("a redirect from https to http is followed and noted", async () => {
    const { key, cert } = createSelfSigned("site.example.com");
    const server = createTlsServer({ key, cert }, (socket) => {
      socket
        .on("error", () => {})
        .on("data", () =>
          socket.write(
            "HTTP/1.1 301 Moved\r\nlocation: http://site.example.com/plain\r\ncontent-length: 0\r\n\r\n",
          ),
        );
    });
    world.route(SITE, 443, await world.serveRaw((socket) => server.emit("connection", socket)));
    world.route(SITE, 80, await world.serve((_request, response) => response.end("plain")));
    const result = await world.egress({ ca: cert }).fetch({ url });
    expect(result).toMatchObject({
      ok: true,
      downgraded: true,
      redirects: [url],
      finalUrl: "http://site.example.com/plain",
    });
    if (result.ok) await result.body.cancel();
  });
});

test("readBody stops at its own bound and ends the connection", async () => {
  const sockets = await origin((socket) =>
    socket.write(`${OK}content-length: 100000\r\n\r\n${"a".repeat(50_000)}`),
  );
  const result = await world.egress().fetch({ url: URL_HTTP });
  if (!result.ok) throw new Error(result.detail);
  await expect(readBody(result, { bytesMax: 1000 })).rejects.toMatchObject({ code: "too_large" });
  await until(() => sockets.every((socket) => socket.destroyed));
});
