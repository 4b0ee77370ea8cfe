/** Names of the isolated world of this script alone, and of its one way out. */
export const HIDE_WORLD = "qui-hide";
export const HIDE_BINDING = "quiSeen";
/** Classes and ids told at once. */
export const SEEN_MAX = 2_000;

/**
 * Runs beside a page in a world of its own: tells which classes and ids the document
 * has, as they come, and puts on the style sheet that is made of them. The page sees
 * neither the script nor a style element.
 */
export const HIDE_SCRIPT = `(() => {
  if (!/^https?:$/.test(location.protocol)) return;
  const sheet = new CSSStyleSheet();
  const seen = new Set();
  let news = { classes: [], ids: [] };
  let timer = 0;
  let isFirst = true;
  globalThis.quiHide = (css) => {
    sheet.replaceSync(css);
    if (!document.adoptedStyleSheets.includes(sheet)) document.adoptedStyleSheets.push(sheet);
  };
  const note = (kind, name) => {
    const key = kind + name;
    if (!name || name.length > 200 || seen.has(key) || seen.size > 20000) return;
    seen.add(key);
    news[kind].push(name);
  };
  const look = (element) => {
    note("ids", element.id && String(element.id));
    for (const name of element.classList ?? []) note("classes", name);
  };
  const tell = () => {
    timer = 0;
    const { classes, ids } = news;
    if (!isFirst && classes.length + ids.length === 0) return;
    news = { classes: classes.slice(${SEEN_MAX}), ids: ids.slice(${SEEN_MAX}) };
    ${HIDE_BINDING}(JSON.stringify({ url: location.href, isFirst, classes: classes.slice(0, ${SEEN_MAX}), ids: ids.slice(0, ${SEEN_MAX}) }));
    isFirst = false;
    if (news.classes.length + news.ids.length > 0) later();
  };
  const later = () => { timer ||= setTimeout(tell, 100); };
  new MutationObserver((records) => {
    for (const { type, target, addedNodes } of records) {
      if (type === "attributes") look(target);
      for (const node of addedNodes) {
        if (node.nodeType !== 1) continue;
        look(node);
        for (const element of node.querySelectorAll("[id],[class]")) look(element);
      }
    }
    later();
  }).observe(document, { childList: true, subtree: true, attributes: true, attributeFilter: ["id", "class"] });
  for (const element of document.querySelectorAll("[id],[class]")) look(element);
  tell();
})()`;
