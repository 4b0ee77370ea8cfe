import { type ElementNode, findAll, findFirst, plainText } from "#lib/node/reader/html/node.ts";

export interface ChosenContent {
  root: ElementNode;
  skip: Set<ElementNode>;
}

const BOILERPLATE_TAGS = new Set(["nav", "footer", "aside", "form", "dialog"]);

/** The part of the page worth reading. */
export function chooseContent(body: ElementNode): ChosenContent {
  const main = findFirst(body, (node) => node.tag === "main" || node.attribute("role") === "main");
  const articles = findAll(body, (node) => node.tag === "article");
  const total = plainText(body).length;
  const root =
    main && plainText(main).length > total * 0.2
      ? main
      : articles.length === 1 && articles[0]
        ? articles[0]
        : body;
  const skip = new Set(findAll(root, (node) => BOILERPLATE_TAGS.has(node.tag)));
  return { root, skip };
}
