import { beforeEach, expect, test, vi } from "vitest";

const FIRST = "first-secret-first-secret-first-secret";
const SECOND = "second-secret-second-secret-second-secret";

/** The keys are derived once a process; each case is a process of its own. */
async function start(secret: string, former = "") {
  vi.resetModules();
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("qui.mediaKeys")];
  vi.stubEnv("QUI_SECRET", secret);
  vi.stubEnv("QUI_SECRETS_FORMER", former);
  return import("#lib/node/media/sign-media-url.ts");
}
beforeEach(() => () => vi.unstubAllEnvs());

const partsOf = (path: string) => {
  const query = new URL(path, "http://qui").searchParams;
  return [query.get("u") ?? "", query.get("s") ?? ""] as const;
};
const url = "https://images.example/grün.png?w=1&h=2#x";

test("what is signed verifies to the same address, and signing is deterministic", async () => {
  const { signMediaUrl, verifyMediaUrl } = await start(FIRST);
  const path = signMediaUrl(url);
  expect(path).toMatch(/^\/api\/media\?u=[\w-]+&s=[\w-]{22}$/);
  expect(signMediaUrl(url)).toBe(path);
  expect(verifyMediaUrl(...partsOf(path))).toBe(url);
});

test("another address, another signature or none at all is refused", async () => {
  const { signMediaUrl, verifyMediaUrl } = await start(FIRST);
  const [encoded, signature] = partsOf(signMediaUrl(url));
  const [other] = partsOf(signMediaUrl("http://127.0.0.1/"));
  expect(verifyMediaUrl(other, signature)).toBeNull();
  for (const forged of [
    "",
    "A".repeat(22),
    signature.slice(0, -2),
    `${signature}A`,
    signature.toLowerCase(),
  ]) {
    expect(verifyMediaUrl(encoded, forged)).toBeNull();
  }
});

test("a former secret still verifies and no longer signs; without it the old address is refused", async () => {
  const old = (await start(FIRST)).signMediaUrl(url);
  const rotated = await start(SECOND, FIRST);
  expect(rotated.verifyMediaUrl(...partsOf(old))).toBe(url);
  expect(rotated.signMediaUrl(url)).not.toBe(old);
  expect((await start(SECOND)).verifyMediaUrl(...partsOf(old))).toBeNull();
});
