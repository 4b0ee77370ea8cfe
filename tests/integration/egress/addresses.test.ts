import { Socket } from "node:net";
import { fetch as undiciFetch, request as undiciRequest } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { createEgress } from "#lib/node/egress/create-egress.ts";
import { createEgressDispatcher } from "#lib/node/egress/egress-dispatcher.ts";
import { readBody } from "#lib/node/egress/read-body.ts";
import { createWorld, OTHER, SITE, type World } from "./world.ts";

let world: World;
beforeEach(() => {
  world = createWorld();
});
afterEach(() => world.close());

async function text(result: Awaited<ReturnType<ReturnType<World["egress"]>["fetch"]>>): Promise<string> {
  if (!result.ok) throw new Error(`${result.code}: ${result.detail}`);
  return Buffer.from(await readBody(result, { bytesMax: 1e6 })).toString();
}

/** A site at SITE:80 that answers its path, and how often it was asked. */
async function serveSite(name = "site.example.com"): Promise<{ hits: string[] }> {
  const hits: string[] = [];
  const port = await world.serve((request, response) => {
    hits.push(`${request.headers.host}${request.url}`);
    response.end("public page");
  });
  world.answer(name, [SITE]);
  world.route(SITE, 80, port);
  return { hits };
}

describe("resolve once", () => {
  test("connects to the checked address and keeps the name in Host", async () => {
    const { hits } = await serveSite();
    const result = await world.egress().fetch({ url: "http://site.example.com/a?b=1#c" });
    expect(await text(result)).toBe("public page");
    expect(world.resolved).toEqual(["site.example.com"]);
    expect(world.dialled).toEqual([`${SITE}:80`]);
    expect(hits).toEqual(["site.example.com/a?b=1"]);
    expect(result).toMatchObject({
      finalUrl: "http://site.example.com/a?b=1#c",
      redirects: [],
      downgraded: false,
    });
  });

  test("refuses a name with a private address without opening a socket", async () => {
    for (const address of [
      "127.0.0.1",
      "10.1.2.3",
      "169.254.169.254",
      "::1",
      "::ffff:10.0.0.1",
      "fd00:ec2::254",
    ]) {
      world.answer("rebind.example.com", [address]);
      const result = await world.egress().fetch({ url: "http://rebind.example.com/" });
      expect([address, result]).toMatchObject([address, { ok: false, code: "blocked_address" }]);
    }
    expect(world.dialled).toEqual([]);
  });

  test("refuses mixed answers, public and private, in any order", async () => {
    for (const answers of [
      [SITE, "127.0.0.1"],
      ["127.0.0.1", SITE],
      ["2606:4700::1", SITE, "fe80::1"],
    ]) {
      world.answer("mixed.example.com", answers);
      const result = await world.egress().fetch({ url: "http://mixed.example.com/" });
      expect(result).toMatchObject({ ok: false, code: "blocked_address" });
    }
    expect(world.dialled).toEqual([]);
  });

  test("a rebinding name, public first and private next, is refused on the next request, warm connection or not", async () => {
    const { hits } = await serveSite();
    world.answer("site.example.com", [SITE], ["127.0.0.1"]);
    const egress = world.egress();
    expect(await text(await egress.fetch({ url: "http://site.example.com/1" }))).toBe("public page");
    const second = await egress.fetch({ url: "http://site.example.com/2" });
    expect(second).toMatchObject({ ok: false, code: "blocked_address" });
    expect(hits).toEqual(["site.example.com/1"]);
    expect(world.dialled).toEqual([`${SITE}:80`]);
  });

  test("a rebinding name is refused at the redirect to itself", async () => {
    const port = await world.serve((_request, response) => {
      response.writeHead(302, { location: "http://rebind.example.com/admin" }).end();
    });
    world.answer("rebind.example.com", [SITE], ["127.0.0.1"]);
    world.route(SITE, 80, port);
    const result = await world.egress().fetch({ url: "http://rebind.example.com/" });
    expect(result).toMatchObject({ ok: false, code: "blocked_address" });
    expect(world.dialled).toEqual([`${SITE}:80`]);
  });

  test("a pooled connection serves the same name and address, and no other name", async () => {
    await serveSite();
    world.answer("neighbour.example.com", [SITE]);
    const egress = world.egress();
    for (const path of ["1", "2", "3", "4", "5"]) {
      await text(await egress.fetch({ url: `http://site.example.com/${path}` }));
    }
    const opened = world.dialled.length;
    expect(opened).toBeLessThan(5);
    await text(await egress.fetch({ url: "http://neighbour.example.com/" }));
    expect(world.dialled).toHaveLength(opened + 1);
  });

  test("a name that moved to another public address gets a new connection", async () => {
    await serveSite();
    const moved = await world.serve((_request, response) => response.end("moved"));
    world.route(OTHER, 80, moved);
    world.answer("site.example.com", [SITE], [OTHER]);
    const egress = world.egress();
    expect(await text(await egress.fetch({ url: "http://site.example.com/" }))).toBe("public page");
    expect(await text(await egress.fetch({ url: "http://site.example.com/" }))).toBe("moved");
  });

  test("falls back to another checked address when the first refuses the connection", async () => {
    await serveSite();
    world.answer("site.example.com", ["2606:4700::1", SITE]);
    expect(await text(await world.egress().fetch({ url: "http://site.example.com/" }))).toBe("public page");
    expect(world.dialled).toEqual(["2606:4700::1:80", `${SITE}:80`]);
  });

  test("an address that does not answer delays the next one by a moment only, and is let go of", async () => {
    await serveSite();
    world.answer("site.example.com", ["2606:4700::1", SITE]);
    const silent: Socket[] = [];
    const options = world.options();
    const openSocket: typeof options.openSocket = (target) => {
      if (target.family === 4) return options.openSocket?.(target) as Socket;
      const socket = new Socket();
      silent.push(socket);
      return socket;
    };
    const egress = createEgress({ ...options, openSocket });
    const limits = { connectTimeoutMs: 30_000 };
    expect(await text(await egress.fetch({ url: "http://site.example.com/", limits }))).toBe("public page");
    expect(silent.map((socket) => socket.destroyed)).toEqual([true]);
    await egress.close();
  });

  test("a name nobody has is told apart from a site that does not answer", async () => {
    world.answer("down.example.com", [OTHER]);
    const egress = world.egress();
    expect(await egress.fetch({ url: "http://nobody.example.com/" })).toMatchObject({
      code: "name_not_found",
    });
    expect(await egress.fetch({ url: "http://down.example.com/" })).toMatchObject({ code: "unreachable" });
    world.answer("empty.example.com", []);
    expect(await egress.fetch({ url: "http://empty.example.com/" })).toMatchObject({
      code: "name_not_found",
    });
  });
});

describe("redirects", () => {
  const targets = [
    "http://127.0.0.1/",
    "http://127.1/",
    "http://2130706433/",
    "http://0x7f.0.0.1/",
    "http://0177.0.0.1/",
    "//[::1]/",
    "http://[::ffff:127.0.0.1]/",
    "http://[64:ff9b::7f00:1]/",
    "http://localhost/",
    "http://localhost./",
    "http://169.254.169.254/latest/meta-data/",
    "http://metadata.google.internal/",
    "http://①②⑦.⓪.⓪.①/",
    "http://%31%32%37.0.0.1/",
    "\\\\127.0.0.1\\",
    "http://private.example.com/",
  ];

  test.each(targets)("refuses to be led to %s", async (location) => {
    const port = await world.serve((_request, response) => {
      response.setHeader("location", Buffer.from(location).toString("latin1"));
      response.writeHead(302).end("moved");
    });
    world.answer("site.example.com", [SITE]);
    world.answer("private.example.com", ["192.168.0.1"]);
    world.route(SITE, 80, port);
    const result = await world.egress().fetch({ url: "http://site.example.com/" });
    expect(result).toMatchObject({ ok: false, code: "blocked_address" });
    expect(world.dialled).toEqual([`${SITE}:80`]);
  });

  test.each([
    ["ftp://site.example.com/", "unsupported_scheme"],
    ["file:///etc/passwd", "unsupported_scheme"],
    ["javascript:alert(1)", "unsupported_scheme"],
    ["data:text/html,x", "unsupported_scheme"],
    ["http://user:pw@site.example.com/", "credentials_in_url"],
    ["http://site.example.com:6379/", "blocked_port"],
    ["http://[::1", "bad_response"],
  ])("a redirect to %s ends in %s", async (location, code) => {
    const port = await world.serve((_request, response) => response.writeHead(301, { location }).end());
    world.answer("site.example.com", [SITE]);
    world.route(SITE, 80, port);
    expect(await world.egress().fetch({ url: "http://site.example.com/" })).toMatchObject({
      ok: false,
      code,
    });
  });

  test("follows five and refuses the sixth", async () => {
    const port = await world.serve((request, response) => {
      const left = Number(request.url?.slice(1));
      if (left === 0) response.end("arrived");
      else response.writeHead(302, { location: `/${left - 1}` }).end("x");
    });
    world.answer("site.example.com", [SITE]);
    world.route(SITE, 80, port);
    const egress = world.egress();
    const five = await egress.fetch({ url: "http://site.example.com/5#top" });
    expect(await text(five)).toBe("arrived");
    expect(five).toMatchObject({ finalUrl: "http://site.example.com/0#top" });
    expect(five.ok && five.redirects).toHaveLength(5);
    const six = await egress.fetch({ url: "http://site.example.com/6", limits: { redirectsMax: 50 } });
    expect(six).toMatchObject({ ok: false, code: "too_many_redirects" });
  });

  test("a loop ends", async () => {
    const port = await world.serve((_request, response) => response.writeHead(307, { location: "/" }).end());
    world.answer("site.example.com", [SITE]);
    world.route(SITE, 80, port);
    expect(await world.egress().fetch({ url: "http://site.example.com/" })).toMatchObject({
      code: "too_many_redirects",
    });
  });

  test("carries nothing personal across, and validators only to the origin they came from", async () => {
    const seen: Record<string, unknown>[] = [];
    const first = await world.serve((request, response) => {
      seen.push(request.headers);
      response.writeHead(302, { location: "http://other.example.com/", "set-cookie": "id=1" }).end();
    });
    const second = await world.serve((request, response) => {
      seen.push(request.headers);
      response.end("ok");
    });
    world.answer("site.example.com", [SITE]);
    world.answer("other.example.com", [OTHER]);
    world.route(SITE, 80, first);
    world.route(OTHER, 80, second);
    const headers = {
      cookie: "a=b",
      authorization: "x",
      referer: "http://a/",
      "if-none-match": '"v1"',
      accept: "text/html",
    };
    await text(await world.egress().fetch({ url: "http://site.example.com/", headers }));
    expect(seen[0]).toMatchObject({ host: "site.example.com", "if-none-match": '"v1"', "sec-gpc": "1" });
    expect(seen[1]).toMatchObject({ host: "other.example.com", accept: "text/html" });
    for (const sent of seen) {
      expect(Object.keys(sent)).not.toEqual(expect.arrayContaining(["cookie"]));
      expect([sent.cookie, sent.authorization, sent.referer]).toEqual([undefined, undefined, undefined]);
    }
    expect(seen[1]?.["if-none-match"]).toBeUndefined();
  });

  test("reads an address in UTF-8 as browsers do", async () => {
    const paths: (string | undefined)[] = [];
    const port = await world.serve((request, response) => {
      paths.push(request.url);
      if (request.url !== "/") return response.end("ok");
      response.setHeader("location", Buffer.from("/grün").toString("latin1"));
      return response.writeHead(302).end();
    });
    world.answer("site.example.com", [SITE]);
    world.route(SITE, 80, port);
    await text(await world.egress().fetch({ url: "http://site.example.com/" }));
    expect(paths).toEqual(["/", "/gr%C3%BCn"]);
  });
});

describe("the policy's exceptions", () => {
  test("a pair in QUI_EGRESS_ALLOW may be private, and only that pair", async () => {
    const port = await world.serve((_request, response) => response.end("intranet"));
    world.answer("wiki.example.com", ["127.0.0.1"]);
    const egress = world.egress({ allow: [`wiki.example.com:${port}`, `127.0.0.1:${port}`] });
    expect(await text(await egress.fetch({ url: `http://wiki.example.com:${port}/` }))).toBe("intranet");
    expect(await text(await egress.fetch({ url: `http://127.1:${port}/` }))).toBe("intranet");
    expect(await egress.fetch({ url: "http://wiki.example.com/" })).toMatchObject({
      code: "blocked_address",
    });
    expect(await egress.fetch({ url: `http://127.0.0.2:${port}/` })).toMatchObject({ code: "blocked_port" });
  });
});

describe("the dispatcher for other undici users", () => {
  test("reaches public sites and refuses private ones, literal or by name", async () => {
    await serveSite();
    world.answer("private.example.com", ["10.0.0.1"]);
    const dispatcher = createEgressDispatcher(world.options());
    const ok = await undiciRequest("http://site.example.com/", { dispatcher });
    expect(await ok.body.text()).toBe("public page");
    for (const url of [
      "http://127.0.0.1/",
      "http://[::1]/",
      "http://private.example.com/",
      "http://localhost/",
    ]) {
      await expect(undiciRequest(url, { dispatcher })).rejects.toMatchObject({ code: "blocked_address" });
    }
    await expect(undiciRequest("http://site.example.com:22/", { dispatcher })).rejects.toMatchObject({
      code: "blocked_port",
    });
    await dispatcher.close();
  });

  test("checks the redirects that fetch follows by itself", async () => {
    const port = await world.serve((_request, response) =>
      response.writeHead(302, { location: "http://127.0.0.1/" }).end(),
    );
    world.answer("site.example.com", [SITE]);
    world.route(SITE, 80, port);
    const dispatcher = createEgressDispatcher(world.options());
    const failure = await undiciFetch("http://site.example.com/", { dispatcher }).catch((error) => error);
    expect(failure.cause).toMatchObject({ code: "blocked_address" });
    expect(world.dialled).toEqual([`${SITE}:80`]);
    await dispatcher.close();
  });
});
