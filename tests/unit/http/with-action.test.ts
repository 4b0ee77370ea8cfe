import { afterEach, describe, expect, it, vi } from "vitest";
import { z } from "zod";
import { AppError } from "#lib/core/errors/app-error.ts";
import { setHttpServices } from "#lib/server/http/services.ts";
import { withAction } from "#lib/server/http/with-action.ts";
import { useHttpServices } from "../../fixtures/http-services.ts";

/** The headers of the request that Next would be handling. */
let current = new Headers();
vi.mock("next/headers", () => ({ headers: async () => current }));

const own = { origin: "https://qui.example", host: "qui.example", "sec-fetch-site": "same-origin" };
const spec = {
  name: "thing.rename",
  auth: "public",
  limit: "search",
  input: z.object({ title: z.string().max(20) }),
} as const;

function comeFrom(headers: Record<string, string>) {
  current = new Headers(headers);
}

afterEach(() => setHttpServices(undefined));

describe("a wrapped action", () => {
  const rename = withAction(spec, ({ input, requestId }) => ({
    title: input.title.toUpperCase(),
    requestId,
  }));

  it("answers what it did", async () => {
    useHttpServices();
    comeFrom({ ...own, "x-request-id": "page-request-1" });
    expect(await rename({ title: "news" })).toEqual({
      ok: true,
      data: { title: "NEWS", requestId: "page-request-1" },
    });
  });

  it("checks its input, whatever its types promise", async () => {
    useHttpServices();
    comeFrom(own);
    const outcome = await rename({ title: 7 } as never);
    expect(outcome).toMatchObject({ ok: false, error: { code: "bad_request" } });
  });

  it("is refused to another site's pages", async () => {
    useHttpServices();
    comeFrom({ ...own, origin: "https://evil.example", "sec-fetch-site": "cross-site" });
    expect(await rename({ title: "news" })).toMatchObject({ ok: false, error: { code: "forbidden" } });
  });

  it("is limited like a route", async () => {
    useHttpServices();
    comeFrom(own);
    for (let calls = 0; calls < 10; calls++) expect((await rename({ title: "news" })).ok).toBe(true);
    expect(await rename({ title: "news" })).toMatchObject({ ok: false, error: { code: "rate_limited" } });
  });

  it("answers expected failures with their sentence and unknown ones without a word of the original", async () => {
    useHttpServices();
    comeFrom(own);
    const expected = withAction(spec, () => {
      throw new AppError("not_found", { userMessage: "That panel is gone." });
    });
    const unknown = withAction(spec, () => {
      throw new Error("s3cret");
    });
    expect(await expected({ title: "a" })).toMatchObject({
      error: { code: "not_found", message: "That panel is gone." },
    });
    const outcome = await unknown({ title: "a" });
    expect(outcome).toMatchObject({ error: { code: "internal" } });
    expect(JSON.stringify(outcome)).not.toContain("s3cret");
  });

  it("lets the framework's redirects pass", async () => {
    useHttpServices();
    comeFrom(own);
    const { redirect } = await import("next/navigation");
    await expect(withAction(spec, () => redirect("/space"))({ title: "a" })).rejects.toThrow("NEXT_REDIRECT");
  });
});
