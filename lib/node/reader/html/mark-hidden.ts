import { descendants, type ElementNode } from "#lib/node/reader/html/node.ts";

const HIDDEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|font-size\s*:\s*0(?:px)?\s*(?:;|$|!))/i;
const HIDDEN_CLASS =
  /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|screenreader(?:-only)?|a11y-hidden|u-hidden-visually|hidden-visually|element-invisible|visuallyhidden|is-hidden|skip-?link|skip-to-content)(?:\s|$)/i;

/** A part that holds more than this share of the page's text is shown by a script later: the page is not empty. */
const REVEALED_SHARE = 0.5;

/**
 * Marks what the page itself keeps from a reader's eye, so that text nobody would
 * see in a browser reaches neither a reader nor an assistant. Panels that a click
 * opens (tabs, accordions) are not hidden, nor is anything that fades in.
 */
export function markHidden(body: ElementNode): void {
  const units = textUnitsBelow(body);
  const revealed = (units.get(body) ?? 0) * REVEALED_SHARE;
  const stack: ElementNode[] = [body];
  for (let node = stack.pop(); node; node = stack.pop()) {
    if (node !== body && saysHidden(node) && (units.get(node) ?? 0) <= revealed) {
      node.hidden = true;
      continue;
    }
    for (const child of node.children) if (!child.isText) stack.push(child);
  }
}

/** UTF-16 units of text below each element, in one pass from the leaves up. */
function textUnitsBelow(body: ElementNode): Map<ElementNode, number> {
  const units = new Map<ElementNode, number>();
  const elements = [body, ...descendants(body)];
  for (let node = elements.pop(); node; node = elements.pop()) {
    let sum = units.get(node) ?? 0;
    for (const child of node.children) if (child.isText) sum += child.text.length;
    units.set(node, sum);
    if (node.parent) units.set(node.parent, (units.get(node.parent) ?? 0) + sum);
  }
  return units;
}

function saysHidden(node: ElementNode): boolean {
  if (!node.attributes) return false;
  if (node.has("hidden") && node.attribute("hidden") !== "until-found") return !isPanel(node);
  const style = node.attribute("style");
  if (style !== "" && HIDDEN_STYLE.test(style)) return !isPanel(node);
  const names = node.attribute("class");
  return names !== "" && HIDDEN_CLASS.test(names);
}

function isPanel(node: ElementNode): boolean {
  const role = node.attribute("role");
  return (
    role === "tabpanel" ||
    role === "region" ||
    /(?:^|[\s_-])(?:tab|panel|pane|accordion|collapse|faq|toggle|answer|content)/i.test(
      node.attribute("class"),
    )
  );
}
