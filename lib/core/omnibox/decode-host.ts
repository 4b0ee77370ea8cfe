/** Decodes one `xn--` label (RFC 3492, without the prefix). Null when it is damaged. */
export function decodePunycode(label: string): string | null {
  const dash = label.lastIndexOf("-");
  const output = dash > 0 ? Array.from(label.slice(0, dash), (char) => char.charCodeAt(0)) : [];
  let n = 128;
  let i = 0;
  let bias = 72;
  for (let at = dash > 0 ? dash + 1 : 0; at < label.length; ) {
    const start = i;
    let weight = 1;
    for (let k = 36; ; k += 36) {
      const digit = digitOf(label.charCodeAt(at++));
      if (digit === null) return null;
      i += digit * weight;
      const threshold = k <= bias ? 1 : k >= bias + 26 ? 26 : k - bias;
      if (digit < threshold) break;
      weight *= 36 - threshold;
      if (i > 0x7fffffff) return null;
    }
    const length = output.length + 1;
    bias = adapt(i - start, length, start === 0);
    n += Math.floor(i / length);
    i %= length;
    if (n > 0x10ffff) return null;
    output.splice(i++, 0, n);
  }
  return String.fromCodePoint(...output);
}

function digitOf(code: number): number | null {
  if (code >= 0x30 && code <= 0x39) return code - 0x30 + 26;
  if (code >= 0x61 && code <= 0x7a) return code - 0x61;
  if (code >= 0x41 && code <= 0x5a) return code - 0x41;
  return null;
}

function adapt(delta: number, length: number, first: boolean): number {
  let rest = Math.floor(delta / (first ? 700 : 2));
  rest += Math.floor(rest / length);
  let k = 0;
  for (; rest > 455; k += 36) rest = Math.floor(rest / 35);
  return k + Math.floor((36 * rest) / (rest + 38));
}

/** Scripts one name may mix, after "highly restrictive" of Unicode TS 39: any one script, or Latin with one family of East Asian ones. */
const FAMILIES: readonly RegExp[] = [
  /^[\p{Script=Latin}\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Common}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Latin}\p{Script=Han}\p{Script=Bopomofo}\p{Script=Common}\p{Script=Inherited}]+$/u,
  /^[\p{Script=Latin}\p{Script=Han}\p{Script=Hangul}\p{Script=Common}\p{Script=Inherited}]+$/u,
  ...[
    "Arabic",
    "Armenian",
    "Bengali",
    "Cyrillic",
    "Devanagari",
    "Ethiopic",
    "Georgian",
    "Greek",
    "Gujarati",
    "Gurmukhi",
    "Hebrew",
    "Kannada",
    "Khmer",
    "Lao",
    "Malayalam",
    "Myanmar",
    "Oriya",
    "Sinhala",
    "Tamil",
    "Telugu",
    "Thai",
    "Tibetan",
  ].map((script) => new RegExp(`^[\\p{Script=${script}}\\p{Script=Common}\\p{Script=Inherited}]+$`, "u")),
];

/** Letters of Cyrillic, Greek and Armenian that pass for Latin ones; a name of nothing else is meant to. */
const PASSES_FOR_LATIN = /^[асԁеһіјӏорԛѕԝхуъьҽпгѵѡαεικνορτυχωηοսօցհոզց0-9-]+$/u;
/** What draws like punctuation or a letter with a stroke too small to see. */
const DISGUISING = /[\p{M}]{2}|[·ʼ’‘ʹ⁄∕／：｡։׃ｰᅠㅤ]|[ı]/u;

/**
 * A host as it is safe to show: internationalised labels in their own script, but
 * in punycode when their letters could pass for another name.
 */
export function decodeHost(host: string): string {
  if (!host.includes("xn--")) return host;
  const labels = host.split(".");
  const shown = labels.map((label) => {
    const decoded = label.startsWith("xn--") ? decodePunycode(label.slice(4)) : label;
    return decoded !== null && isSafeLabel(decoded) ? decoded : label;
  });
  const suffix = shown.at(-1) ?? "";
  const isForeignSuffix = /[^\p{ASCII}]/u.test(suffix);
  return labels
    .map((label, place) => {
      const text = shown[place] ?? label;
      // Under a suffix of its own script nobody expects Latin letters.
      return text !== label && !isForeignSuffix && PASSES_FOR_LATIN.test(text) ? label : text;
    })
    .join(".");
}

function isSafeLabel(label: string): boolean {
  return !DISGUISING.test(label) && FAMILIES.some((family) => family.test(label));
}
