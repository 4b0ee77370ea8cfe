import { expect, test } from "vitest";
import { findInlineReferences } from "#lib/node/trackers/find-inline-references.ts";

const GTM = `<script>(function(w,d,s,l,i){j.src='https://www.googletagmanager.com/gtm.js?id='+i})(window)</script>`;

test("finds what a tag manager's snippet will load", () => {
  expect(findInlineReferences(GTM)).toEqual([
    { url: "https://www.googletagmanager.com/gtm.js", type: "script" },
  ]);
});

test("understands addresses without a scheme and with escaped slashes", () => {
  const html = `<SCRIPT type="text/javascript">var a="//static.hotjar.com/c/hotjar-1.js", b="https:\\/\\/s.pinimg.com\\/ct\\/core.js"</SCRIPT>`;
  expect(findInlineReferences(html).map((reference) => reference.url)).toEqual([
    "https://static.hotjar.com/c/hotjar-1.js",
    "https://s.pinimg.com/ct/core.js",
  ]);
});

test("one reference a host, a script's address before any other", () => {
  const html = `<script>"https://www.facebook.com/page"; "https://www.facebook.com/sdk.js"; "https://www.facebook.com/x"</script>`;
  expect(findInlineReferences(html)).toEqual([{ url: "https://www.facebook.com/sdk.js", type: "script" }]);
  expect(findInlineReferences(`<script>"https://www.facebook.com/page"</script>`)[0]?.type).toBe("other");
});

test("structured data, templates and scripts with a source are not code", () => {
  expect(
    findInlineReferences(
      `<script type="application/ld+json">{"sameAs":"https://x.com/a"}</script>
       <script type="text/template"><img src="https://a.test/b.js"></script>
       <script src="https://b.test/c.js">// https://c.test/d.js</script>
       <p>https://d.test/e.js</p>`,
    ),
  ).toEqual([]);
});

test("a page of ten million characters, or of unclosed scripts, takes linear time", () => {
  expect(findInlineReferences(`<script>${"https://a.b/".repeat(800_000)}`).length).toBeLessThanOrEqual(300);
  expect(findInlineReferences("<script ".repeat(500_000))).toEqual([]);
  expect(findInlineReferences("<script>".repeat(500_000))).toEqual([]);
  expect(findInlineReferences(`<script>${"a.".repeat(1_000_000)}</script>`)).toEqual([]);
});
