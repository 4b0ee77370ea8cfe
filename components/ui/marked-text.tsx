import type { Span } from "#lib/core/omnibox/match-text.ts";

/** Text with the matched stretches set stronger. */
export function MarkedText({ text, spans }: { text: string; spans: readonly Span[] }) {
  const parts: { text: string; strong: boolean; at: number }[] = [];
  let at = 0;
  for (const [start, end] of spans) {
    if (start > at) parts.push({ text: text.slice(at, start), strong: false, at });
    parts.push({ text: text.slice(start, end), strong: true, at: start });
    at = end;
  }
  if (at < text.length) parts.push({ text: text.slice(at), strong: false, at });
  return parts.map((part) =>
    part.strong ? (
      <b key={part.at} className="font-semibold text-ink">
        {part.text}
      </b>
    ) : (
      <span key={part.at}>{part.text}</span>
    ),
  );
}
