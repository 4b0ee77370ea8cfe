import type { ElementStats } from "#lib/node/reader/html/element-stats.ts";
import { NAME_GROUPS } from "#lib/node/reader/html/name-groups.ts";
import {
  collapse,
  descendants,
  type ElementNode,
  plainText,
  type TreeNode,
} from "#lib/node/reader/html/node.ts";
import { isoDate } from "#lib/node/reader/html/parse-date.ts";

export interface FoundPost {
  node: ElementNode;
  author: string | null;
  publishedAt: string | null;
  /** Where author and time stand: said by the post itself, not again in its text. */
  said: ElementNode[];
}

const TALK = (1 << NAME_GROUPS.indexOf("comment")) | (1 << NAME_GROUPS.indexOf("thread"));
const POST_NAME =
  /(?:^|[\s_-])(?:post|message|comment|reply|answer|question|thread|topic|entry|forum-?post|postcontainer|postbit)(?:[\s_-]|body|row|item|wrapper|container|\d|$)/i;
const POST_TYPE = /schema\.org\/(comment|discussionforumposting|answer|question|socialmediaposting)/i;
const HOLDERS = new Set([
  "article",
  "div",
  "li",
  "section",
  "tr",
  "table",
  "td",
  "details",
  "shreddit-comment",
]);
const AUTHOR_NAME =
  /(?:^|[\s_-])(?:author|username|user-?name|user-?link|user-?details|poster|posted-?by|nickname|creator|member-?name|display-?name|commenter|fn)(?:[\s_-]|name|link|$)/i;
const AUTHOR_LINK = /\/(?:users?|members?|profiles?|u|people|author)\/[^/]+|[?&](?:u|uid|user|member)=/i;
const DATE_NAME =
  /(?:^|[\s_-])(?:date|time|timestamp|posted|published|created|relativetime|posttime|age)(?:[\s_-]|$)/i;
const AUTHOR_UNITS_MAX = 60;
const POSTS_MAX = 2_000;
const LOOKED_AT_MAX = 600;

/**
 * The posts of a thread: elements named or typed as posts that hold kept text and
 * say who wrote it. Of wrappers around one post the outermost is taken; what holds
 * several posts is no post. Empty unless there are at least two.
 */
export function findPosts(body: ElementNode, stats: ElementStats, keptUnits: Uint32Array): FoundPost[] {
  const candidates = new Map<ElementNode, FoundPost>();
  for (const node of descendants(body)) {
    if (candidates.size >= POSTS_MAX) break;
    if (!HOLDERS.has(node.tag) || node.hidden || (keptUnits[node.order] ?? 0) === 0) continue;
    if (!isNamedPost(node, stats)) continue;
    const post = describePost(node);
    if (post.author) candidates.set(node, post);
  }
  const inside = countInside(body, candidates);
  const posts: FoundPost[] = [];
  const visit = (node: ElementNode): void => {
    const post = candidates.get(node);
    if (post && !isContainer(node, post, candidates, inside)) {
      posts.push(post);
      return;
    }
    for (const child of node.children) {
      if (!child.isText && ((inside.get(child) ?? 0) > 0 || candidates.has(child))) visit(child);
    }
  };
  visit(body);
  return posts.length >= 2 ? posts : [];
}

function isNamedPost(node: ElementNode, stats: ElementStats): boolean {
  if (POST_TYPE.test(node.attribute("itemtype"))) return true;
  if (!node.attributes) return false;
  const names = `${node.attribute("class")} ${node.attribute("id")}`;
  return ((stats.groups[node.order] ?? 0) & TALK) !== 0 && POST_NAME.test(names);
}

/** How many candidates stand below each ancestor of a candidate. */
function countInside(
  body: ElementNode,
  candidates: ReadonlyMap<ElementNode, FoundPost>,
): Map<ElementNode, number> {
  const inside = new Map<ElementNode, number>();
  for (const node of candidates.keys()) {
    for (let up = node.parent; up; up = up.parent) {
      inside.set(up, (inside.get(up) ?? 0) + 1);
      if (up === body) break;
    }
  }
  return inside;
}

/** Whether two candidates inside stand side by side and say different things: then the element holds a thread. */
function isContainer(
  node: ElementNode,
  post: FoundPost,
  candidates: ReadonlyMap<ElementNode, FoundPost>,
  inside: ReadonlyMap<ElementNode, number>,
): boolean {
  let at = node;
  for (;;) {
    const holding = at.children.filter(
      (child): child is ElementNode =>
        !child.isText && (candidates.has(child) || (inside.get(child) ?? 0) > 0),
    );
    if (holding.length === 0) return false;
    const [only] = holding;
    if (holding.length === 1 && only) {
      const inner = candidates.get(only);
      // The same author in the same place: one wrapper inside of another.
      if (inner && inner.said[0] !== post.said[0]) return true;
      at = only;
      continue;
    }
    const authors = new Set(holding.map((child) => firstPost(child, candidates)?.said[0]));
    return authors.size > 1;
  }
}

function firstPost(
  node: ElementNode,
  candidates: ReadonlyMap<ElementNode, FoundPost>,
): FoundPost | undefined {
  const own = candidates.get(node);
  if (own) return own;
  for (const below of descendants(node)) {
    const post = candidates.get(below);
    if (post) return post;
  }
  return undefined;
}

function describePost(node: ElementNode): FoundPost {
  const post: FoundPost = { node, author: null, publishedAt: null, said: [] };
  let dateNode: ElementNode | null = null;
  let looked = 0;
  for (const at of descendants(node)) {
    if (++looked > LOOKED_AT_MAX || (post.author && post.publishedAt)) break;
    if (!post.author && isAuthor(at)) {
      const name = nameIn(at);
      // An avatar's one letter stands where a picture would.
      if (name.length > 1 && name.length <= AUTHOR_UNITS_MAX && !/^[\d\W]+$/.test(name)) {
        post.author = name;
        post.said.unshift(at);
      }
    }
    if (!post.publishedAt) {
      post.publishedAt = dateOf(at);
      if (post.publishedAt) dateNode = at;
    }
  }
  const stated = collapse(node.attribute("data-author") || node.attribute("data-username"));
  if (!post.author && stated && stated.length <= AUTHOR_UNITS_MAX) {
    post.author = stated;
    post.said.unshift(node);
  }
  if (dateNode) post.said.push(dateNode);
  return post;
}

/** The first stretch of text: ranks, post counts and badges follow the name. */
export function nameIn(node: ElementNode): string {
  let first = collapse(node.attribute("content"));
  const stack: TreeNode[] = [node];
  for (let at = stack.pop(); at && first === ""; at = stack.pop()) {
    if (at.isText) {
      const text = collapse(at.text);
      if (text !== "" && !/^(posted |written )?by:?$/i.test(text)) first = text;
    } else if (!at.hidden) stack.push(...at.children.toReversed());
  }
  return first.replace(/^(posted |written )?by:?\s+/i, "").replace(/^@/, "");
}

function isAuthor(node: ElementNode): boolean {
  if (!node.attributes) return false;
  if (node.attribute("itemprop") === "author" || node.attribute("rel").includes("author")) return true;
  if (AUTHOR_NAME.test(node.attribute("class"))) return true;
  return node.tag === "a" && AUTHOR_LINK.test(node.attribute("href"));
}

function dateOf(node: ElementNode): string | null {
  if (node.tag === "time" || node.has("datetime")) {
    return isoDate(node.attribute("datetime")) ?? isoDate(plainText(node, 100));
  }
  if (/^date(published|created)$/i.test(node.attribute("itemprop"))) {
    return isoDate(node.attribute("content")) ?? isoDate(plainText(node, 100));
  }
  const names = node.attribute("class");
  if (names === "" || !DATE_NAME.test(names)) return null;
  return isoDate(node.attribute("title")) ?? isoDate(plainText(node, 100));
}
