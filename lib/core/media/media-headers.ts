const DAY_S = 86_400;
const AGE_DEFAULT_S = DAY_S;
const AGE_MAX_S = 30 * DAY_S;

/**
 * How long browsers and shared caches may keep what we made of an origin's file.
 * The origin's word counts: `no-store`, `private`, `no-cache` and its ages, up to
 * a month; silence means a day, and the copy may be shown while a newer one comes.
 */
export function mediaCacheControl(originCacheControl: string | undefined): string {
  const directives = new Map(
    (originCacheControl ?? "")
      .toLowerCase()
      .split(",")
      .map((directive) => {
        const [name = "", value = ""] = directive.split("=");
        return [name.trim(), value.trim().replaceAll('"', "")] as const;
      }),
  );
  if (directives.has("no-store")) return "no-store";
  const scope = directives.has("private") ? "private" : "public";
  const age = directives.get("s-maxage") ?? directives.get("max-age");
  const seconds = age === undefined || !/^\d+$/.test(age) ? AGE_DEFAULT_S : Math.min(Number(age), AGE_MAX_S);
  if (seconds === 0 || directives.has("no-cache")) return `${scope}, no-cache`;
  return `${scope}, max-age=${seconds}, stale-while-revalidate=${DAY_S}`;
}

/**
 * On every answer of the media proxy. Should a file ever be taken for a page,
 * the policy lets it load nothing and run nothing, in an origin of its own.
 */
export const MEDIA_HEADERS: Readonly<Record<string, string>> = {
  "X-Content-Type-Options": "nosniff",
  "Content-Security-Policy": "default-src 'none'; sandbox",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Referrer-Policy": "no-referrer",
};

/** `inline`, with a name made of the address's last part: ASCII letters, digits, `.`, `_` and `-` only. */
export function mediaDisposition(url: string, extension: string): string {
  const last = new URL(url).pathname.split("/").at(-1) ?? "";
  const stem = last
    .replace(/%[0-9a-f]{2}/gi, "-")
    .replace(/\.[a-z0-9]{1,5}$/i, "")
    .replace(/[^\w-]+/g, "-")
    .replace(/^[-.]+|-+$/g, "")
    .slice(0, 64);
  return `inline; filename="${stem || "media"}.${extension}"`;
}

/** One `bytes` range, in the only form we pass on; null for none, several, or any other unit (then the whole file is sent). */
export function parseRange(header: string | null): { start: number; header: string } | null {
  const match = /^bytes=(?:(\d{1,15})-(\d{0,15})|-(\d{1,15}))$/.exec(header ?? "");
  if (!match) return null;
  const [, start, end, suffix] = match;
  if (start !== undefined && end && Number(end) < Number(start)) return null;
  return { start: suffix === undefined ? Number(start) : Number.POSITIVE_INFINITY, header: match[0] };
}

/** The origin's `Content-Range`, when it is one. */
export function checkContentRange(header: string | undefined): string | null {
  const match = /^bytes (?:(\d{1,15})-(\d{1,15})|\*)\/(?:\d{1,15}|\*)$/i.exec(header ?? "");
  return match && !(match[1] && Number(match[2]) < Number(match[1])) ? match[0] : null;
}
