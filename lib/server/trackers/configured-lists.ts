import "server-only";
import { getEnv } from "#lib/node/env.ts";

/** Addresses of the filter lists in use; none when `QUI_FILTER_LISTS` is `off`. */
export function configuredLists(): string[] {
  const lists = getEnv().QUI_FILTER_LISTS;
  return lists.some((list) => list.toLowerCase() === "off") ? [] : [...new Set(lists)];
}
