"use client";

import { Check, Copy } from "lucide-react";
import { useState } from "react";
import { copyText } from "#lib/client/reading/clipboard.ts";
import { splitLongText } from "#lib/core/reading/split-long-text.ts";
import type { CodeBlock } from "#lib/protocol/document.ts";

/** About 200 lines: a browser lays such a piece out within a frame, and skips those off screen. */
const PIECE_MAX = 12_000;

export function CodeView({ block }: { block: CodeBlock }) {
  const pieces = splitLongText(block.text, PIECE_MAX);
  const label = block.language ? `Code, ${block.language}` : "Code";
  return (
    <div className="qui-code" data-block-id={block.id} data-bare={!block.language || undefined}>
      <div className="qui-code-bar" data-chrome="">
        <span>{block.language}</span>
        <CopyButton text={block.text} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      {/* biome-ignore lint/a11y/useSemanticElements: pages hold too many of these for landmarks, and it is no part of a form. */}
      <section role="group" tabIndex={0} aria-label={label} dir="ltr">
        <pre>
          <code data-text="0">
            {pieces.length === 1
              ? block.text
              : pieces.map((piece, index) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: pieces have no identity but their place.
                  <span key={index} className="qui-code-piece">
                    {piece}
                  </span>
                ))}
          </code>
        </pre>
      </section>
    </div>
  );
}

function CopyButton({ text }: { text: string }) {
  const [result, setResult] = useState<"idle" | "copied" | "refused">("idle");
  const copy = async (): Promise<void> => {
    setResult((await copyText(text)) ? "copied" : "refused");
    setTimeout(() => setResult("idle"), 2000);
  };
  return (
    <button type="button" onClick={copy}>
      {result === "copied" ? <Check aria-hidden="true" size={14} /> : <Copy aria-hidden="true" size={14} />}
      <span aria-live="polite">
        {result === "copied" ? "Copied" : result === "refused" ? "Not allowed" : "Copy"}
        <span className="sr-only">{result === "idle" ? " code" : ""}</span>
      </span>
    </button>
  );
}
