/** Pages whose only work is to count a click and send the visitor on, by host and path, with where they keep the target. */
const REDIRECTORS: { host: RegExp; path: RegExp; parameters: readonly string[] }[] = [
  { host: /^(www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?$/, path: /^\/url$/, parameters: ["q", "url"] },
  { host: /^www\.youtube\.com$/, path: /^\/redirect$/, parameters: ["q"] },
  {
    host: /^(www\.googleadservices\.com|adclick\.g\.doubleclick\.net|googleads\.g\.doubleclick\.net)$/,
    path: /./,
    parameters: ["adurl"],
  },
  { host: /^(l|lm|www|m)\.facebook\.com$/, path: /^\/l\.php$/, parameters: ["u"] },
  {
    host: /^(l\.instagram\.com|l\.messenger\.com|l\.threads\.(net|com)|l\.wl\.co)$/,
    path: /./,
    parameters: ["u"],
  },
  { host: /^out\.reddit\.com$/, path: /./, parameters: ["url"] },
  { host: /^(www\.)?linkedin\.com$/, path: /^\/(redir\/redirect|safety\/go)$/, parameters: ["url"] },
  { host: /^(html\.|lite\.)?duckduckgo\.com$/, path: /^\/l\/$/, parameters: ["uddg"] },
  { host: /^steamcommunity\.com$/, path: /^\/linkfilter\/?$/, parameters: ["url", "u"] },
  { host: /^(slack-redir\.net|disq\.us)$/, path: /./, parameters: ["url"] },
  { host: /^t\.umblr\.com$/, path: /^\/redirect$/, parameters: ["z"] },
  { host: /^(m\.)?vk\.com$/, path: /^\/away(\.php)?$/, parameters: ["to"] },
  { host: /^exit\.sc$/, path: /./, parameters: ["url"] },
  { host: /\.safelinks\.protection\.outlook\.com$/, path: /./, parameters: ["url"] },
  {
    host: /^(link\.zhihu\.com|link\.juejin\.cn|link\.csdn\.net|gitee\.com)$/,
    path: /^\/(link)?$/,
    parameters: ["target"],
  },
  { host: /^www\.douban\.com$/, path: /^\/link2\/$/, parameters: ["url"] },
  { host: /^weibo\.cn$/, path: /^\/sinaurl$/, parameters: ["u"] },
  { host: /^www\.awin1\.com$/, path: /^\/(cread|awclick)\.php$/, parameters: ["ued", "p"] },
  { host: /^click\.linksynergy\.com$/, path: /./, parameters: ["murl"] },
  {
    host: /^(go\.skimresources\.com|go\.redirectingat\.com|shareasale\.com|www\.shareasale\.com)$/,
    path: /./,
    parameters: ["url", "urllink"],
  },
  {
    host: /^(www\.)?(anrdoezrs\.net|dpbolvw\.net|jdoqocy\.com|kqzyfj\.com|tkqlhce\.com)$/,
    path: /./,
    parameters: ["url"],
  },
];

/** Redirectors that link to redirectors, at most. */
const DEPTH_MAX = 4;

/**
 * Where a known redirector would send the visitor, or null for any other link.
 * Only what the address itself says is used, nothing is fetched. The target is
 * always an absolute http(s) address without credentials.
 */
export function unwrapRedirect(url: string): string | null {
  let current = url;
  for (let depth = 0; depth < DEPTH_MAX; depth++) {
    const target = unwrapOnce(current);
    if (target === null) break;
    current = target;
  }
  return current === url ? null : current;
}

function unwrapOnce(text: string): string | null {
  if (!URL.canParse(text)) return null;
  const url = new URL(text);
  for (const { host, path, parameters } of REDIRECTORS) {
    if (!host.test(url.hostname) || !path.test(url.pathname)) continue;
    for (const name of parameters) {
      const target = httpUrl(url.searchParams.get(name));
      if (target) return target;
    }
  }
  return targetInPath(url) ?? targetInBase64(url);
}

/** AMP viewers and Yahoo carry the target in the path. */
function targetInPath(url: URL): string | null {
  const amp =
    /^(?:www\.)?google\.[a-z]{2,3}(\.[a-z]{2})?$/.test(url.hostname) ||
    url.hostname.endsWith(".cdn.ampproject.org")
      ? /^\/(?:amp|c|v)\/(s\/)?([^/]+\.[^/]+\/?.*)$/.exec(url.pathname)
      : null;
  if (amp) return httpUrl(`${amp[1] ? "https" : "http"}://${amp[2]}`);
  if (url.hostname !== "r.search.yahoo.com") return null;
  const yahoo = /\/RU=([^/]+)\//.exec(url.pathname)?.[1];
  return yahoo ? httpUrl(decodeOrNull(yahoo)) : null;
}

/** Bing writes `u=a1` and the target in base64url. */
function targetInBase64(url: URL): string | null {
  if (!/(^|\.)bing\.com$/.test(url.hostname) || !url.pathname.startsWith("/ck/")) return null;
  const encoded = url.searchParams.get("u");
  if (!encoded?.startsWith("a1")) return null;
  try {
    const binary = atob(encoded.slice(2).replaceAll("-", "+").replaceAll("_", "/"));
    return httpUrl(new TextDecoder().decode(Uint8Array.from(binary, (character) => character.charCodeAt(0))));
  } catch {
    return null; // Not base64: the link stays as it is.
  }
}

function httpUrl(text: string | null): string | null {
  if (!text || !/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username || url.password ? null : url.href;
}

function decodeOrNull(text: string): string | null {
  try {
    return decodeURIComponent(text);
  } catch {
    return null;
  }
}
