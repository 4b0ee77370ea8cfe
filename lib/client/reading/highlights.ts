/** What can be painted over text. The names are those of `::highlight()` in document.css. */
export type HighlightName = "qui-find" | "qui-find-active" | "qui-passage";

type Paint = (name: HighlightName, ranges: readonly Range[]) => void;

export interface Highlighter {
  /** Replaces what this view has painted under a name. */
  paint: Paint;
  dispose(): void;
}

/**
 * Paints ranges without touching the DOM that React owns: by the CSS Custom
 * Highlight API, else by boxes in a layer of their own (Firefox before 140).
 * Several views share the registry, so each removes only what it added.
 */
export function createHighlighter(layer: HTMLElement): Highlighter {
  return "highlights" in CSS ? createRegistryHighlighter() : createBoxHighlighter(layer);
}

function createRegistryHighlighter(): Highlighter {
  const painted = new Map<HighlightName, readonly Range[]>();
  const paint: Paint = (name, ranges) => {
    let highlight = CSS.highlights.get(name);
    if (!highlight) {
      highlight = new Highlight();
      highlight.priority = name === "qui-find-active" ? 2 : 1;
      CSS.highlights.set(name, highlight);
    }
    for (const range of painted.get(name) ?? []) highlight.delete(range);
    for (const range of ranges) highlight.add(range);
    painted.set(name, ranges);
  };
  return {
    paint,
    dispose: () => {
      for (const name of painted.keys()) paint(name, []);
    },
  };
}

function createBoxHighlighter(layer: HTMLElement): Highlighter {
  const painted = new Map<HighlightName, readonly Range[]>();
  const draw = (): void => {
    const origin = layer.getBoundingClientRect();
    const boxes: HTMLElement[] = [];
    for (const [name, ranges] of painted) {
      for (const range of ranges) {
        for (const rect of range.getClientRects()) {
          const box = document.createElement("span");
          box.dataset.highlight = name;
          box.style.insetInlineStart = "0";
          box.style.translate = `${rect.left - origin.left}px ${rect.top - origin.top}px`;
          box.style.width = `${rect.width}px`;
          box.style.height = `${rect.height}px`;
          boxes.push(box);
        }
      }
    }
    layer.replaceChildren(...boxes);
  };
  const observer = new ResizeObserver(draw);
  observer.observe(layer);
  return {
    paint: (name, ranges) => {
      painted.set(name, ranges);
      draw();
    },
    dispose: () => {
      observer.disconnect();
      layer.replaceChildren();
    },
  };
}
