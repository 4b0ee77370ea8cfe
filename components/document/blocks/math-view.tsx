"use client";

import { useEffect, useRef, useState } from "react";
import type { MathBlock } from "#lib/protocol/document.ts";

/** Above this length a formula stays TeX: laying it out could hold the page up. */
const TEX_MAX = 10_000;

/**
 * A formula as MathML, which browsers draw and screen readers speak. Until the
 * converter has loaded, and where it does not understand, the TeX itself.
 */
export function MathView({ block }: { block: MathBlock }) {
  const target = useRef<HTMLDivElement>(null);
  const [isDrawn, setIsDrawn] = useState(false);

  useEffect(() => {
    if (block.tex.length > TEX_MAX) return;
    let isCurrent = true;
    void draw(block.tex, target).then((drawn) => {
      if (isCurrent) setIsDrawn(drawn);
    });
    return () => {
      isCurrent = false;
    };
  }, [block.tex]);

  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a wide formula scrolls, so it must be reachable by keyboard.
    // biome-ignore lint/a11y/useSemanticElements: pages hold too many of these for landmarks, and it is no part of a form.
    <section role="group" className="qui-math" data-block-id={block.id} aria-label="Formula" tabIndex={0}>
      <div
        ref={target}
        data-text={isDrawn ? 0 : undefined}
        data-atomic={block.tex.length}
        hidden={!isDrawn}
      />
      {!isDrawn && (
        <pre>
          <code data-text="0">{block.tex}</code>
        </pre>
      )}
    </section>
  );
}

async function draw(tex: string, target: { readonly current: HTMLElement | null }): Promise<boolean> {
  try {
    const { drawMath } = await import("#components/document/blocks/draw-math.ts");
    if (!target.current) return false;
    drawMath(tex, target.current);
    return true;
  } catch {
    // Not TeX that can be drawn, or no network for the converter: the source stays.
    return false;
  }
}
