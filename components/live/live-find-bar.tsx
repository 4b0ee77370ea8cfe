import { ChevronDown, ChevronUp, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

/** Finds words in a live page: the page's own browser searches, marks and scrolls. */
export function LiveFindBar({ tab, onClose }: { tab: LiveTab; onClose: () => void }) {
  const [query, setQuery] = useState("");
  const found = useStore(tab.store, (state) => state.found);
  const input = useRef<HTMLInputElement>(null);

  useEffect(() => {
    input.current?.select();
    return () => tab.send({ type: "find", query: "", step: "clear" });
  }, [tab]);

  const step = (to: "next" | "previous") => query && tab.send({ type: "find", query, step: to });
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") onClose();
    else if (event.key === "Enter" && event.target === input.current)
      step(event.shiftKey ? "previous" : "next");
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
  const count =
    query === "" || !found ? "" : found.count === 0 ? "None" : `${found.active} of ${found.count}`;
  return (
    <search className="qui-find" aria-label="Find in page" onKeyDown={onKeyDown}>
      <input
        ref={input}
        // biome-ignore lint/a11y/noAutofocus: the bar opens because someone wants to type into it.
        autoFocus
        type="text"
        aria-label="Find in page"
        placeholder="Find in page"
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        enterKeyHint="search"
        value={query}
        data-empty={query !== "" && found?.count === 0 ? "" : undefined}
        onChange={(event) => {
          const text = event.target.value.slice(0, 1000);
          setQuery(text);
          tab.send({ type: "find", query: text, step: text ? "first" : "clear" });
        }}
      />
      <output className="qui-find-count" aria-live="polite" aria-atomic="true">
        {count}
      </output>
      <FindButton label="Previous match" onClick={() => step("previous")}>
        <ChevronUp aria-hidden="true" size={18} />
      </FindButton>
      <FindButton label="Next match" onClick={() => step("next")}>
        <ChevronDown aria-hidden="true" size={18} />
      </FindButton>
      <FindButton label="Close find" onClick={onClose}>
        <X aria-hidden="true" size={18} />
      </FindButton>
    </search>
  );
}

function FindButton({
  label,
  onClick,
  children,
}: {
  label: string;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button type="button" aria-label={label} title={label} onClick={onClick}>
      {children}
    </button>
  );
}
