import { describe, expect, it } from "vitest";
import {
  type ExportedNode,
  formatNetscapeBookmarks,
  ITEMS_MAX,
  parseNetscapeBookmarks,
} from "#lib/core/library/netscape-bookmarks.ts";

const link = (title: string, url: string, addedAt: number | null = null) => ({
  kind: "link" as const,
  title,
  url,
  addedAt,
});

describe("parseNetscapeBookmarks", () => {
  it("reads folders, their order and their dates as browsers write them", () => {
    const file = `<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE>
<H1>Bookmarks</H1>
<DL><p>
    <DT><H3 ADD_DATE="1700000000" PERSONAL_TOOLBAR_FOLDER="true">Bookmarks bar</H3>
    <DL><p>
        <DT><A HREF="https://example.org/" ADD_DATE="1700000001" ICON="data:image/png;base64,AA==">Example &amp; more</A>
        <DT><H3 ADD_DATE="1700000002">Empty</H3>
        <DL><p>
        </DL><p>
        <DT><A HREF="https://example.org/b">B</A>
    </DL><p>
    <DT><A HREF="http://example.net/last">Last</A>
</DL><p>`;
    expect(parseNetscapeBookmarks(file)).toEqual({
      nodes: [
        {
          kind: "folder",
          title: "Bookmarks bar",
          addedAt: 1_700_000_000_000,
          children: [
            link("Example & more", "https://example.org/", 1_700_000_001_000),
            { kind: "folder", title: "Empty", addedAt: 1_700_000_002_000, children: [] },
            link("B", "https://example.org/b"),
          ],
        },
        link("Last", "http://example.net/last"),
      ],
      skipped: 0,
      truncated: false,
    });
  });

  it("reads lower-case tags, single quotes, descriptions and line breaks in titles", () => {
    const file = `<dl><dt><a href='https://example.org/?a=1&amp;b=2'>Two
      lines &#x263A; &#9731;</a><dd>A description <b>with markup</b><dt><a href=https://example.net/>No quotes</a></dl>`;
    expect(parseNetscapeBookmarks(file).nodes).toEqual([
      link("Two lines ☺ ☃", "https://example.org/?a=1&b=2"),
      link("No quotes", "https://example.net/"),
    ]);
  });

  it("counts and leaves out what is no web address", () => {
    const file = `<DL><DT><A HREF="javascript:alert(1)">x</A><DT><A HREF="place:sort=8">y</A><DT><A HREF=" JaVaScRiPt:alert(1)">z</A><DT><A>w</A></DL>`;
    expect(parseNetscapeBookmarks(file)).toEqual({ nodes: [], skipped: 4, truncated: false });
  });

  it("keeps markup in titles as text", () => {
    const file = `<DL><DT><A HREF="https://example.org/">&lt;img src=x onerror=alert(1)&gt;</A></DL>`;
    expect(parseNetscapeBookmarks(file).nodes).toEqual([
      link("<img src=x onerror=alert(1)>", "https://example.org/"),
    ]);
  });

  it("reads a file that ends in the middle", () => {
    const file = `<DL><DT><H3>Folder</H3><DL><DT><A HREF="https://example.org/">Title`;
    expect(parseNetscapeBookmarks(file).nodes).toEqual([
      { kind: "folder", title: "Folder", addedAt: null, children: [link("Title", "https://example.org/")] },
    ]);
  });

  it("answers something that is no bookmark file with nothing", () => {
    expect(parseNetscapeBookmarks("\u0000{]not html<<<>").nodes).toEqual([]);
    expect(parseNetscapeBookmarks("").nodes).toEqual([]);
  });

  it("bounds the number of items and says so", () => {
    const file = `<DL>${'<DT><A HREF="https://example.org/">x</A>'.repeat(ITEMS_MAX + 5)}</DL>`;
    const { nodes, truncated } = parseNetscapeBookmarks(file);
    expect(nodes).toHaveLength(ITEMS_MAX);
    expect(truncated).toBe(true);
  });

  it("bounds depth without losing what lies deeper", () => {
    const depth = 5000;
    const file = `${"<DL><DT><H3>f</H3>".repeat(depth)}<DL><DT><A HREF="https://example.org/">deep</A>${"</DL>".repeat(depth + 1)}`;
    expect(JSON.stringify(parseNetscapeBookmarks(file).nodes)).toContain("https://example.org/");
  });
});

describe("formatNetscapeBookmarks", () => {
  it("writes what it can read again, hostile titles included", () => {
    const nodes: ExportedNode[] = [
      {
        kind: "folder",
        title: 'Quotes " & <tags>',
        addedAt: 1_700_000_000_000,
        children: [
          link('</A><script>alert("1")</script>', "https://example.org/?a=1&b=%22", 1_700_000_001_000),
        ],
      } as ExportedNode,
      { kind: "link", title: "日本語", url: "https://example.net/", addedAt: 1_700_000_002_000 },
    ];
    const file = formatNetscapeBookmarks(nodes);
    expect(file).not.toContain("<script");
    expect(parseNetscapeBookmarks(file).nodes).toEqual(nodes);
  });
});
