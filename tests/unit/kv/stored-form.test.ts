import { describe, expect, it } from "vitest";
import { formatEventMessage, parseEventMessage } from "#lib/node/kv/event-message.ts";
import { createKeys, PARTITIONS, partitionOf } from "#lib/node/kv/redis/keys.ts";
import { readDataLines } from "#lib/node/kv/redis/read-data-lines.ts";
import { reconnectDelayMs } from "#lib/node/kv/redis/reconnect-delay.ts";
import { decodeStored, encodeStored, HEADER_BYTES_MAX } from "#lib/node/kv/redis/stored-value.ts";
import { ReplyError } from "#lib/node/kv/redis/transport.ts";

describe("stored values", () => {
  it("come back as they were, tagged or not", () => {
    for (const value of ["", "x", "12", "\u0001", "\u0001\u0002t\u0002\nx", "\n", "a\nb"]) {
      for (const tags of [[], ["t"], ["a:b", "ünï", "t 2"]]) {
        expect(decodeStored(encodeStored(value, tags))).toBe(value);
      }
    }
  });

  it("stay plain when they need no header, so that counters can count on them", () => {
    expect(encodeStored("42", [])).toBe("42");
  });

  it("have headers within the bound that the script reads", () => {
    const tags = Array.from({ length: 16 }, (_, i) => `${i % 10}`.padEnd(200, "你"));
    expect(Buffer.byteLength(encodeStored("", tags))).toBeLessThanOrEqual(HEADER_BYTES_MAX);
  });
});

describe("key names", () => {
  const keys = createKeys("p:");
  const hashTag = (key: string) => /\{([^}]+)\}/.exec(key)?.[1];

  it("put what a script touches together into one cluster slot", () => {
    for (const name of ["a", "}", "{}", "x}y{z", "%7D", ""]) {
      expect(hashTag(keys.lock(name))).toBe(hashTag(keys.fence(name)));
      expect(hashTag(keys.stream(name))).toBe(hashTag(keys.head(name)));
      expect(hashTag(keys.value(name))).toBe(hashTag(keys.tag(partitionOf(name), "t")));
      expect(hashTag(keys.lock(name))).toBeDefined();
    }
  });

  it("never meet: different names and kinds have different keys", () => {
    const names = ["a", "}", "%7D", "a}", "fence", "head", "t:x", ""];
    const all = names.flatMap((name) => [
      keys.value(name),
      keys.tag(3, name),
      keys.bucket(name),
      keys.exactWindow(name),
      keys.slicedWindow(name),
      keys.lock(name),
      keys.fence(name),
      keys.stream(name),
      keys.head(name),
    ]);
    expect(new Set(all).size).toBe(all.length);
  });

  it("spread over the partitions evenly", () => {
    const counts = new Array<number>(PARTITIONS).fill(0);
    for (let i = 0; i < 16_000; i++) {
      const partition = partitionOf(`https://example.org/page/${i}`);
      counts[partition] = (counts[partition] ?? 0) + 1;
    }
    expect(Math.min(...counts)).toBeGreaterThan(800);
    expect(Math.max(...counts)).toBeLessThan(1_200);
  });
});

describe("announcements of events", () => {
  it("are read back as they were written", () => {
    const event = { position: { epoch: "e-1", offset: 7 }, data: 'a "b"\n👋' };
    expect(parseEventMessage(formatEventMessage(event))).toEqual(event);
  });

  it("are not mistaken for other messages", () => {
    for (const message of [
      "",
      "x",
      "{",
      "[]",
      '{"epoch":"e","offset":0,"data":""}',
      '{"epoch":"e","offset":1}',
    ]) {
      expect(parseEventMessage(message)).toBeNull();
    }
  });
});

describe("the event stream of the REST interface", () => {
  it("is cut into lines wherever the network cut it", async () => {
    const bytes = new TextEncoder().encode(
      ": hello\r\ndata: message,c,ünï👋\n\ndata:x\nevent: y\ndata: cut off",
    );
    for (const size of [1, 2, 3, 7, 1000]) {
      const lines: string[] = [];
      const chunks = Array.from({ length: Math.ceil(bytes.length / size) }, (_, i) =>
        bytes.slice(i * size, (i + 1) * size),
      );
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          for (const chunk of chunks) controller.enqueue(chunk);
          controller.close();
        },
      });
      for await (const line of readDataLines(body)) lines.push(line);
      expect(lines, `in pieces of ${size}`).toEqual(["message,c,ünï👋", "x"]);
    }
  });
});

describe("failures", () => {
  it("reconnect after a growing time that is never the same for all, and never long", () => {
    for (let retries = 0; retries < 100; retries++) {
      const delay = reconnectDelayMs(retries);
      expect(delay).toBeGreaterThanOrEqual(25);
      expect(delay).toBeLessThanOrEqual(2_000);
    }
    expect(reconnectDelayMs(0)).toBeLessThanOrEqual(50);
    expect(reconnectDelayMs(50)).toBeGreaterThanOrEqual(1_000);
  });

  it("keep a reply's words and not what was sent", () => {
    const quoted = new ReplyError('ERR syntax error, command was: ["SET","k","private\\ntext"]');
    expect(quoted.message).toBe("ERR syntax error");
    const unknown = new ReplyError("ERR unknown command 'X', with args beginning with: 'private' ");
    expect(unknown.message).toBe("ERR unknown command 'X'");
  });
});
