import { createSocket, type Socket } from "node:dgram";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, expect, test } from "vitest";
import { createResolveName, type ResolveName } from "#lib/node/egress/resolve-name.ts";

type Reply = { addresses: string[]; ttl: number } | "nxdomain" | "servfail" | "silence";

const A = 1;
const AAAA = 28;

let server: Socket;
let asked: string[];
let zone: Record<string, { [A]?: Reply; [AAAA]?: Reply }>;
let clockMs: number;
let resolveName: ResolveName;

beforeEach(async () => {
  asked = [];
  zone = {};
  clockMs = 0;
  server = createSocket("udp4", (query, peer) => {
    const { name, type } = readQuestion(query);
    asked.push(`${name} ${type === A ? "A" : "AAAA"}`);
    const reply =
      zone[name]?.[type === A ? A : AAAA] ?? (zone[name] ? { addresses: [], ttl: 0 } : "nxdomain");
    if (reply !== "silence") server.send(writeReply(query, type, reply), peer.port, peer.address);
  });
  await new Promise<void>((resolve) => server.bind(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  resolveName = createResolveName({ servers: [`127.0.0.1:${port}`], now: () => clockMs });
});
afterEach(() => new Promise<void>((resolve) => server.close(() => resolve())));

/** RFC 1035 §4: the question's name and type. */
function readQuestion(query: Buffer): { name: string; type: number } {
  const labels: string[] = [];
  let at = 12;
  while (query[at]) {
    const length = query[at] ?? 0;
    labels.push(query.toString("latin1", at + 1, at + 1 + length));
    at += length + 1;
  }
  return { name: labels.join("."), type: query.readUInt16BE(at + 1) };
}

function writeReply(query: Buffer, type: number, reply: Exclude<Reply, "silence">): Buffer {
  let end = 12;
  while (query[end]) end += (query[end] ?? 0) + 1;
  const question = query.subarray(12, end + 5);
  const records = typeof reply === "string" ? [] : reply.addresses.map((address) => bytesOf(address));
  const header = Buffer.alloc(12);
  query.copy(header, 0, 0, 2);
  header.writeUInt16BE(0x8180 | (reply === "nxdomain" ? 3 : reply === "servfail" ? 2 : 0), 2);
  header.writeUInt16BE(1, 4);
  header.writeUInt16BE(records.length, 6);
  const answers = records.map((bytes) => {
    const record = Buffer.alloc(12);
    record.writeUInt16BE(0xc00c, 0);
    record.writeUInt16BE(type, 2);
    record.writeUInt16BE(1, 4);
    record.writeUInt32BE(typeof reply === "string" ? 0 : reply.ttl, 6);
    record.writeUInt16BE(bytes.length, 10);
    return Buffer.concat([record, bytes]);
  });
  return Buffer.concat([header, question, ...answers]);
}

function bytesOf(address: string): Buffer {
  if (!address.includes(":")) return Buffer.from(address.split(".").map(Number));
  const [head = "", tail = ""] = address.split("::");
  const [left, right] = [head.split(":"), tail.split(":")].map((part) => part.filter(Boolean));
  const groups = [
    ...(left ?? []),
    ...Array(8 - (left?.length ?? 0) - (right?.length ?? 0)).fill("0"),
    ...(right ?? []),
  ];
  return Buffer.concat(groups.map((group) => Buffer.from(group.padStart(4, "0"), "hex")));
}

const ask = (name: string) => resolveName(name, { local: false });

test("answers the addresses of both families", async () => {
  zone["site.example"] = {
    [A]: { addresses: ["93.184.216.34", "93.184.216.35"], ttl: 60 },
    [AAAA]: { addresses: ["2606:4700::1111"], ttl: 60 },
  };
  expect(await ask("site.example")).toEqual(["93.184.216.34", "93.184.216.35", "2606:4700::1111"]);
});

test("one family is enough, whether the other is empty, broken or silent", async () => {
  const four = { addresses: ["93.184.216.34"], ttl: 60 };
  zone["empty.example"] = { [A]: four };
  zone["broken.example"] = { [A]: four, [AAAA]: "servfail" };
  zone["silent.example"] = { [A]: four, [AAAA]: "silence" };
  for (const name of Object.keys(zone)) expect([name, await ask(name)]).toEqual([name, ["93.184.216.34"]]);
});

test("a name nobody has and a name without addresses fail with their own codes, and are asked again", async () => {
  zone["empty.example"] = {};
  await expect(ask("nobody.example")).rejects.toMatchObject({ code: "ENOTFOUND" });
  await expect(ask("empty.example")).rejects.toMatchObject({ code: "ENODATA" });
  zone["nobody.example"] = { [A]: { addresses: ["93.184.216.34"], ttl: 1 } };
  expect(await ask("nobody.example")).toEqual(["93.184.216.34"]);
});

test("no search domain is ever appended", async () => {
  await expect(ask("svc.cluster")).rejects.toMatchObject({ code: "ENOTFOUND" });
  expect(new Set(asked)).toEqual(new Set(["svc.cluster A", "svc.cluster AAAA"]));
});

test("an answer is kept for its TTL and not longer", async () => {
  zone["site.example"] = { [A]: { addresses: ["93.184.216.34"], ttl: 10 } };
  await ask("site.example");
  clockMs = 9_999;
  zone["site.example"] = { [A]: { addresses: ["151.101.1.140"], ttl: 10 } };
  expect(await ask("site.example")).toEqual(["93.184.216.34"]);
  clockMs = 10_000;
  expect(await ask("site.example")).toEqual(["151.101.1.140"]);
});

test("a TTL of zero is not kept at all, and a long one at most a minute", async () => {
  zone["zero.example"] = { [A]: { addresses: ["93.184.216.34"], ttl: 0 } };
  zone["long.example"] = { [A]: { addresses: ["93.184.216.34"], ttl: 86_400 } };
  await ask("zero.example");
  await ask("long.example");
  const before = asked.length;
  await ask("zero.example");
  await ask("long.example");
  expect(asked.slice(before).every((question) => question.startsWith("zero."))).toBe(true);
  clockMs = 60_000;
  await ask("long.example");
  expect(asked.filter((question) => question === "long.example A")).toHaveLength(2);
});

test("a hundred questions at once for one name are asked once", async () => {
  zone["site.example"] = { [A]: { addresses: ["93.184.216.34"], ttl: 10 } };
  await Promise.all(Array.from({ length: 100 }, () => ask("site.example")));
  expect(asked.filter((question) => question === "site.example A")).toHaveLength(1);
});

test("a name the policy allows to be private is looked up the system's way", async () => {
  const found = await resolveName("localhost", { local: true });
  expect(found.some((address) => address === "127.0.0.1" || address === "::1")).toBe(true);
  expect(asked).toEqual([]);
});
