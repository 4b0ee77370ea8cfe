import { createHmac } from "node:crypto";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { LiveAccountTicket } from "#lib/protocol/live-node.ts";
import type { LiveTicket } from "#lib/protocol/live-session.ts";

const NOW_S = 1_800_000_000;
const NOW_MS = NOW_S * 1000;
const SECRET = "the-secret-of-today-0123456789abcdef";

const tab: LiveTicket = {
  v: 1,
  id: "0190a8c0-0000-7000-8000-000000000000",
  node: "local",
  account: "guest-a",
  context: "default",
  url: "https://site.example/",
  viewport: { width: 800, height: 600, dpr: 1 },
  device: { mode: "desktop", dark: false, reducedMotion: false, language: "en" },
  level: "standard",
  profile: false,
  rights: {
    tabsMax: 8,
    minutesMax: 240,
    megapixelsMax: 8.3,
    uploadBytesMax: 1,
    downloadBytesMax: 1,
  },
  expiresAt: NOW_S + 60,
};
const erase: LiveAccountTicket = {
  v: 1,
  purpose: "profile-erase",
  id: "0190a8c0-0000-7000-8000-000000000001",
  node: "local",
  account: "guest-a",
  expiresAt: NOW_S + 15,
};

/** The module as a process with these secrets has it. */
async function withSecrets(secret: string, former: string[] = []) {
  vi.resetModules();
  delete (globalThis as Record<symbol, unknown>)[Symbol.for("qui.liveTicketKeys")];
  vi.stubEnv("QUI_SECRET", secret);
  vi.stubEnv("QUI_SECRETS_FORMER", former.join(","));
  return import("#lib/node/live/ticket.ts");
}

beforeEach(() => {
  vi.unstubAllEnvs();
});

describe("a ticket", () => {
  it("says at the node what the app wrote, until its time has run out", async () => {
    const { signTicket, verifyTicket } = await withSecrets(SECRET);
    const text = signTicket(tab);
    expect(verifyTicket(text, NOW_MS)).toEqual(tab);
    expect(verifyTicket(text, NOW_MS + 59_999)).toEqual(tab);
    expect(verifyTicket(text, NOW_MS + 60_000)).toBeNull();
  });

  it("is worth nothing once any character of it was changed", async () => {
    const { signTicket, verifyTicket } = await withSecrets(SECRET);
    const text = signTicket(tab);
    const end = text.indexOf(".");
    for (let at = 0; at < end; at++) {
      const other = text[at] === "A" ? "B" : "A";
      expect(verifyTicket(text.slice(0, at) + other + text.slice(at + 1), NOW_MS)).toBeNull();
    }
    const payload = Buffer.from(JSON.stringify({ ...tab, account: "guest-b" })).toString("base64url");
    expect(verifyTicket(payload + text.slice(end), NOW_MS)).toBeNull();
    expect(verifyTicket(`${text.slice(0, end)}.`, NOW_MS)).toBeNull();
    const wrongKey = createHmac("sha256", "guess").update(text.slice(0, end)).digest("base64url");
    expect(verifyTicket(`${text.slice(0, end)}.${wrongKey}`, NOW_MS)).toBeNull();
  });

  it("of a former secret is still taken, of an unknown one not", async () => {
    const before = (await withSecrets(SECRET)).signTicket(tab);
    const renewed = await withSecrets("the-secret-of-tomorrow-0123456789abc", [SECRET]);
    expect(renewed.verifyTicket(before, NOW_MS)).toEqual(tab);
    const foreign = await withSecrets("the-secret-of-someone-else-0123456789");
    expect(foreign.verifyTicket(before, NOW_MS)).toBeNull();
  });

  it("is refused without a throw, whatever arrives in its place", async () => {
    const { verifyTicket, verifyAccountTicket } = await withSecrets(SECRET);
    const texts = [
      "",
      ".",
      "..",
      "a.b.c",
      "💥.💥",
      "{}.{}",
      "null",
      `${"A".repeat(16_000)}.AAAA`,
      "\u0000.\n",
    ];
    for (const text of texts) {
      expect(verifyTicket(text, NOW_MS)).toBeNull();
      expect(verifyAccountTicket(text, NOW_MS)).toBeNull();
    }
  });

  it("of one kind does not pass for the other", async () => {
    const { signTicket, verifyTicket, verifyAccountTicket } = await withSecrets(SECRET);
    expect(verifyAccountTicket(signTicket(erase), NOW_MS)).toEqual(erase);
    expect(verifyTicket(signTicket(erase), NOW_MS)).toBeNull();
    expect(verifyAccountTicket(signTicket(tab), NOW_MS)).toBeNull();
    expect(verifyAccountTicket(signTicket({ ...tab, purpose: "tab" }), NOW_MS)).toBeNull();
    // Everything a tab needs, under another purpose.
    expect(verifyTicket(signTicket({ ...tab, ...erase }), NOW_MS)).toBeNull();
  });
});
