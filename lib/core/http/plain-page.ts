export interface PlainPage {
  title: string;
  /** Plain text; one paragraph each. */
  paragraphs: readonly string[];
  /** Plain text; a list under the paragraphs. */
  items?: readonly string[];
  requestId: string;
  /** Must be allowed by the answer's policy. */
  nonce: string;
}

/**
 * A whole page of a few sentences that needs no script, no build file and no
 * database: for people whose request was refused, and for servers not set up yet.
 */
export function plainPage({ title, paragraphs, items = [], requestId, nonce }: PlainPage): string {
  const list =
    items.length > 0 ? `<ul>${items.map((item) => `<li>${escapeHtml(item)}</li>`).join("")}</ul>` : "";
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)} – Qui</title>
<style nonce="${escapeHtml(nonce)}">
:root { color-scheme: light dark; }
body { font: 16px/1.6 system-ui, sans-serif; max-width: 38rem; margin: 15vh auto; padding: 0 1.5rem; }
small { opacity: .7; }
</style>
</head>
<body>
<main>
<h1>${escapeHtml(title)}</h1>
${paragraphs.map((text) => `<p>${escapeHtml(text)}</p>`).join("\n")}
${list}
<p><small>Request ${escapeHtml(requestId)}</small></p>
</main>
</body>
</html>
`;
}

function escapeHtml(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll('"', "&quot;")
    .replaceAll("'", "&#39;");
}
