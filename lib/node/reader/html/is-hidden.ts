import type { ElementNode } from "#lib/node/reader/html/node.ts";

const HIDDEN_STYLE =
  /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:;|$|!)|font-size\s*:\s*0(?:px)?\s*(?:;|$|!))/i;
const HIDDEN_CLASS =
  /(?:^|\s)(?:sr-only|visually-?hidden|screen-reader(?:-text)?|screenreader(?:-only)?|a11y-hidden|u-hidden-visually|hidden-visually|element-invisible|visuallyhidden|is-hidden|skip-?link|skip-to-content)(?:\s|$)/i;

/** What the page itself keeps from a reader's eye. Collapsed panels that a click opens (tabs, accordions) are not hidden. */
export function isHidden(node: ElementNode): boolean {
  if (!node.attributes) return false;
  if (node.has("hidden") && node.attribute("hidden") !== "until-found") return !isPanel(node);
  const style = node.attribute("style");
  if (style !== "" && HIDDEN_STYLE.test(style)) return !isPanel(node);
  const names = node.attribute("class");
  if (names !== "" && HIDDEN_CLASS.test(names)) return true;
  return false;
}

function isPanel(node: ElementNode): boolean {
  return (
    node.attribute("role") === "tabpanel" ||
    node.attribute("role") === "region" ||
    /(?:^|[\s_-])(?:tab|panel|pane|accordion|collapse|faq|toggle|answer|content)/i.test(
      node.attribute("class"),
    )
  );
}
