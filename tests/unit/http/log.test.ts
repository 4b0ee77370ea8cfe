import { describe, expect, it } from "vitest";
import { AppError } from "#lib/core/errors/app-error.ts";
import { createLog } from "#lib/node/log/log.ts";
import { maskAddresses, serializeError } from "#lib/node/log/serialize-error.ts";
import { urlTag } from "#lib/node/log/url-tag.ts";
import { counter, getRegistry } from "#lib/node/metrics/registry.ts";

function logged(write: (log: ReturnType<typeof createLog>) => void): Record<string, unknown>[] {
  const lines: string[] = [];
  write(createLog({ level: "debug", destination: { write: (line) => void lines.push(line) } }));
  return lines.map((line) => JSON.parse(line));
}

describe("a log line", () => {
  it("is one JSON object with level, time and message", () => {
    const [line] = logged((log) => log.info({ route: "pages.get" }, "request"));
    expect(line).toMatchObject({ level: "info", service: "qui", route: "pages.get", msg: "request" });
    expect(Date.parse(String(line?.time))).not.toBeNaN();
  });

  it("holds no secret and no page, whether named at the top or one below", () => {
    const secrets = {
      authorization: "Bearer s3cret",
      cookie: "s3cret",
      token: "s3cret",
      password: "s3cret",
      url: "https://s3cret.example",
      query: { q: "s3cret" },
      body: "s3cret",
      text: "s3cret",
    };
    const lines = logged((log) => {
      log.info(secrets, "top");
      log.child({ requestId: "r" }).warn({ request: secrets }, "below");
    });
    expect(JSON.stringify(lines)).not.toContain("s3cret");
    expect(lines).toHaveLength(2);
  });

  it("holds no address that an error or its causes mention", () => {
    const cause = new Error("connect ECONNREFUSED postgres://qui:s3cret@db.example/qui");
    const error = new AppError("unreachable", { detail: "GET https://private.example/a?b=c failed", cause });
    const [line] = logged((log) => log.error({ err: error }, "failed"));
    const text = JSON.stringify(line);
    expect(text).not.toMatch(/s3cret|private\.example|db\.example/);
    expect(line?.err).toMatchObject({
      type: "AppError",
      code: "unreachable",
      message: "GET https://[masked] failed",
      cause: { type: "Error", message: "connect ECONNREFUSED postgres://[masked]" },
    });
  });
});

describe("serializeError", () => {
  it("drops fields that libraries put on their errors", () => {
    const error = Object.assign(new Error("x"), { config: { headers: { cookie: "s3cret" } }, code: "E_X" });
    expect(JSON.stringify(serializeError(error))).not.toContain("s3cret");
    expect(serializeError(error).code).toBe("E_X");
  });

  it("ends on causes that go round in circles", () => {
    const error = new Error("a");
    error.cause = error;
    expect(() => JSON.stringify(serializeError(error))).not.toThrow();
  });

  it("takes anything that can be thrown", () => {
    expect(serializeError("text at https://a.example/b")).toEqual({
      type: "string",
      message: "text at https://[masked]",
    });
    expect(serializeError(undefined)).toEqual({ type: "undefined", message: "undefined" });
  });

  it("leaves file paths of stacks readable", () => {
    expect(maskAddresses("at file:///app/lib/a.ts:1:2")).toBe("at file:///app/lib/a.ts:1:2");
  });
});

it("names one page the same twice and never by its address", () => {
  expect(urlTag("https://a.example/x")).toBe(urlTag("https://a.example/x"));
  expect(urlTag("https://a.example/x")).not.toBe(urlTag("https://a.example/y"));
  expect(urlTag("https://a.example/x")).toMatch(/^[\w-]{10}$/);
});

it("counts into one metric however often a module that declares it is loaded", async () => {
  const declare = () => counter({ name: "qui_test_total", help: "Test.", labelNames: ["kind"] });
  declare().inc({ kind: "a" });
  declare().inc({ kind: "a" });
  expect(declare()).toBe(declare());
  expect(await getRegistry().getSingleMetricAsString("qui_test_total")).toContain(
    'qui_test_total{kind="a"} 2',
  );
});
