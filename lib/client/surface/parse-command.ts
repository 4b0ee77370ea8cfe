import type { CommandArgs } from "#lib/core/commands/registry.ts";

const PREFIX = "qui:command/";

/** What a link of one of our own documents does: `qui:command/page.open?url=…`. Null for every other link. */
export function parseCommand(href: string): { id: string; args: CommandArgs } | null {
  if (!href.startsWith(PREFIX)) return null;
  const [id = "", query = ""] = href.slice(PREFIX.length).split("?", 2);
  const found = new URLSearchParams(query);
  const args: CommandArgs = {};
  const url = found.get("url");
  const text = found.get("text");
  if (url !== null) args.url = url;
  if (text !== null) args.text = text;
  return { id, args };
}
