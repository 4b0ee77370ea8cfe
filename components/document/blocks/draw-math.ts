import "@fontsource/stix-two-math/latin.css";
import "./math.css";
import temml from "temml";

/**
 * Draws a formula into an element as MathML, by DOM calls alone.
 * @throws when the TeX is not understood; the element is then left as it was
 */
export function drawMath(tex: string, target: HTMLElement): void {
  temml.render(tex, target, {
    displayMode: true,
    throwOnError: true,
    trust: false,
    annotate: true,
    maxExpand: 500,
  });
}
