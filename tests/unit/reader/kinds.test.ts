import { describe, expect, it } from "vitest";
import { blocksText } from "#lib/core/document/block-text.ts";
import { prose, readFixture } from "../../fixtures/reader/read-fixture.ts";

function post(n: number, author: string, date: string): string {
  return `<article class="message message--post" data-author="${author}" id="post-${n}">
    <div class="message-user"><a class="username" href="/members/${n}/">${author}</a><span class="userTitle">Member, 1,234 posts</span></div>
    <div class="message-main"><time datetime="${date}">some time ago</time><div class="message-body"><div class="bbWrapper">${prose(n)} ${prose(n + 50)}</div></div>
    <footer class="message-footer"><a href="/react">Like</a><a href="/reply">Reply</a><a href="/report">Report</a></footer></div></article>`;
}

const THREAD = `<!doctype html><html><head><title>Which boots for wet paths? | Walkers Forum</title><meta name="generator" content="XenForo"></head>
<body class="template-thread_view"><nav class="p-nav"><a href="/">Forums</a><a href="/new">What's new</a><a href="/login">Log in</a></nav>
<h1 class="p-title">Which boots for wet paths?</h1><div class="block-body js-replyNewMessageContainer">
${post(1, "heron", "2025-01-02T10:00:00Z")}${post(2, "otter", "2025-01-03T11:00:00Z")}${post(3, "heron", "2025-01-04T12:00:00Z")}${post(4, "mole", "2025-01-05T12:00:00Z")}</div>
<footer>Forum software by Example. Contact us. Terms and rules.</footer></body></html>`;

describe("a forum thread", () => {
  it("becomes posts with author and time, in order, without what repeats around them", () => {
    const { document } = readFixture(THREAD, "https://forum.example.org/threads/which-boots.12/");
    expect(document.kind).toBe("forum");
    const posts = document.blocks.filter((block) => block.type === "post");
    expect(posts.map((block) => [block.author, block.publishedAt])).toEqual([
      ["heron", "2025-01-02T10:00:00.000Z"],
      ["otter", "2025-01-03T11:00:00.000Z"],
      ["heron", "2025-01-04T12:00:00.000Z"],
      ["mole", "2025-01-05T12:00:00.000Z"],
    ]);
    expect(blocksText(document.blocks)).not.toMatch(/Reply|Report|Log in|Terms and rules/);
  });
});

function product(n: number): string {
  return `<li class="product-card"><a href="/products/boot-${n}"><img src="/img/boot-${n}.jpg" alt="Boot ${n}" width="300" height="300"></a>
    <h3 class="product-title"><a href="/products/boot-${n}">Marsh boot number ${n}</a></h3><span class="price">$${90 + n}.00</span><p class="product-text">Keeps feet dry on wet paths</p></li>`;
}

describe("a shop's collection", () => {
  const items = Array.from({ length: 12 }, (_, i) => product(i + 1)).join("");
  const html = `<!doctype html><html><head><title>Hiking boots – Example Outfitters</title><meta property="og:type" content="website"></head>
    <body class="template-collection"><header class="site-header"><nav class="menu"><a href="/">Home</a><a href="/cart">Cart</a></nav></header>
    <main><h1>Hiking boots</h1><ul class="product-grid collection-grid">${items}</ul></main><footer class="footer">© Example Outfitters</footer></body></html>`;

  it("becomes cards with address, title, text and picture", () => {
    const { document, media } = readFixture(html, "https://shop.example.org/collections/hiking-boots");
    expect(["collection", "listing"]).toContain(document.kind);
    const cards = document.blocks.filter((block) => block.type === "card");
    expect(cards).toHaveLength(12);
    expect(cards[0]).toMatchObject({
      href: "https://shop.example.org/products/boot-1",
      title: "Marsh boot number 1",
      text: "$91.00 · Keeps feet dry on wet paths",
    });
    expect(media.find((entry) => entry.id === cards[0]?.media)?.url).toBe(
      "https://shop.example.org/img/boot-1.jpg",
    );
  });
});

describe("documentation", () => {
  it("keeps headings, prose and code, and leaves the site's tree and the table of contents out", () => {
    const links = Array.from({ length: 20 }, (_, i) => `<li><a href="/docs/${i}">Topic ${i}</a></li>`).join(
      "",
    );
    const html = `<!doctype html><html><head><title>Install | Example Docs</title><meta name="generator" content="Docusaurus v3"></head><body>
      <aside class="theme-doc-sidebar-container"><nav class="menu"><ul>${links}</ul></nav></aside>
      <main><article><div class="theme-doc-markdown markdown"><h1>Install</h1><ul class="toc"><li><a href="#one">Get it</a></li><li><a href="#two">Build it</a></li><li><a href="#three">Run it</a></li></ul>
      ${["one", "two", "three"].map((id, i) => `<h2 id="${id}">Step ${i}</h2><p>${prose(i)} Set <code>level</code> to <code>2</code>.</p><div class="codeBlock"><pre><code class="language-bash">npm run step-${i} --level 2 --verbose</code></pre></div>`).join("")}</div></article></main></body></html>`;
    const { document } = readFixture(html, "https://docs.example.org/docs/install");
    expect(document.kind).toBe("documentation");
    expect(document.blocks.map((block) => block.type)).toEqual([
      ...["heading", "paragraph", "code"],
      ...["heading", "paragraph", "code"],
      ...["heading", "paragraph", "code"],
    ]);
  });
});

describe("a page that needs its scripts", () => {
  it("is told by an empty application root", () => {
    const html = `<!doctype html><html><head><title>App</title><script src="/main.js"></script></head><body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>`;
    expect(readFixture(html).needsLive).toBe(true);
  });

  it("is not suspected behind a short page of its own", () => {
    expect(
      readFixture("<title>Hello</title><h1>Hello</h1><p>This page is short, and that is all there is.</p>")
        .needsLive,
    ).toBe(false);
  });

  it("is read where the page keeps a copy for visitors without scripts", () => {
    const html = `<!doctype html><html><head><title>A topic</title><script src="/app.js"></script></head><body><section id="main"></section>
      <noscript><div id="main-outlet"><h1>A topic</h1><p>${prose(1)}</p><p>${prose(2)}</p><p>${prose(3)}</p></div></noscript></body></html>`;
    const reading = readFixture(html);
    expect(reading.needsLive).toBe(false);
    expect(blocksText(reading.document.blocks)).toContain(prose(2));
  });

  it("is read where a framework streamed it into hidden containers", () => {
    const html = `<!doctype html><html><head><title>Walks</title></head><body><main><h1>Walks</h1><template id="B:0"></template></main>
      <div hidden id="S:0"><p>${prose(1)}</p><p>${prose(2)}</p></div><script>$RC("B:0","S:0")</script></body></html>`;
    expect(blocksText(readFixture(html).document.blocks)).toContain(prose(1));
  });
});
