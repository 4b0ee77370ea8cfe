/** One schema.org node of the page: its types in lower case and its properties as they came. */
export interface StructuredItem {
  types: string[];
  properties: Record<string, unknown>;
}

const ITEMS_MAX = 400;

/** Flattens the page's JSON-LD scripts into a list of nodes; what is not valid JSON is passed over. */
export function parseJsonLd(scripts: readonly string[]): StructuredItem[] {
  const items: StructuredItem[] = [];
  for (const script of scripts) {
    const queue: unknown[] = [parseLoosely(script)];
    while (queue.length > 0 && items.length < ITEMS_MAX) {
      const value = queue.shift();
      if (Array.isArray(value)) queue.push(...value.slice(0, ITEMS_MAX));
      else if (isRecord(value)) {
        items.push({ types: stringsOf(value["@type"]).map((type) => type.toLowerCase()), properties: value });
        for (const key of ["@graph", "mainEntity", "mainEntityOfPage"])
          if (typeof value[key] === "object") queue.push(value[key]);
      }
    }
  }
  return items;
}

function parseLoosely(script: string): unknown {
  const text = script
    .trim()
    .replace(/^<!--|-->$/g, "")
    .replace(/;\s*$/, "");
  try {
    return JSON.parse(text);
  } catch {
    // Raw line feeds inside strings are the commonest mistake; anything worse is not worth guessing at.
    try {
      return JSON.parse(text.replace(/[\n\r\t]+/g, " "));
    } catch {
      return null;
    }
  }
}

export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

export function stringsOf(value: unknown): string[] {
  const list = Array.isArray(value) ? value : [value];
  return list.filter((entry): entry is string => typeof entry === "string");
}

/** A property as text: a string, or the name of the thing it holds. */
export function textOf(value: unknown): string {
  if (typeof value === "string") return value.trim();
  if (Array.isArray(value)) return value.slice(0, 8).map(textOf).filter(Boolean).join(", ");
  if (isRecord(value)) return textOf(value.name ?? value["@value"] ?? "");
  return "";
}
