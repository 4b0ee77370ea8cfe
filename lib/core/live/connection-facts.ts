import type { LivePageState } from "#lib/protocol/live-server-message.ts";

const SENTENCES: Readonly<Record<LivePageState["security"]["state"], string>> = {
  secure: "The connection is encrypted and the certificate is valid.",
  insecure: "The connection is not encrypted: others can read and change what you send.",
  broken: "Something is wrong with the connection or its certificate. Do not type secrets here.",
  none: "There is no connection to judge.",
};

export function connectionSentence({ state }: Pick<LivePageState["security"], "state">): string {
  return SENTENCES[state];
}

/** What is known of a live page's connection, as names and values; nothing that is empty. */
export function connectionFacts({
  url,
  security,
}: Pick<LivePageState, "url" | "security">): [string, string][] {
  const facts: [string, string][] = [
    ["Address", url],
    ["Issued to", security.subject],
    ["Issued by", security.issuer],
    ["Valid until", security.validTo.slice(0, 10)],
    ["Protocol", security.protocol],
  ];
  return facts.filter(([, value]) => value !== "");
}
