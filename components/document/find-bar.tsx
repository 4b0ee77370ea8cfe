"use client";

import "./styles/panels.css";

import { ALargeSmall, ChevronDown, ChevronUp, WholeWord, X } from "lucide-react";
import { type KeyboardEvent, type ReactNode, useEffect, useRef, useState } from "react";
import { useStore } from "zustand";
import { createFindSession, type FindSession, type FindState } from "#lib/client/reading/find-session.ts";
import type { PageViewHandle } from "#lib/client/reading/page-view-handle.ts";
import type { Document } from "#lib/protocol/document.ts";

export interface FindBarProps {
  document: Document;
  view: PageViewHandle;
  onClose: () => void;
}

/** Finds words in the whole document, also in parts that are not drawn yet. Lives as long as it is open. */
export function FindBar(props: FindBarProps) {
  const { document, view } = props;
  const [session, setSession] = useState<FindSession | null>(null);
  useEffect(() => {
    const opened = createFindSession(document, view);
    opened.search(opened.store.getState().query);
    setSession(opened);
    return () => opened.dispose();
  }, [document, view]);
  return session && <OpenFindBar {...props} session={session} />;
}

function OpenFindBar({ view, onClose, session }: FindBarProps & { session: FindSession }) {
  const { query, options, matches, active, capped } = useStore(session.store);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    input.current?.select();
    // The same keys again, wherever the focus is: back to the field, as in every browser.
    const onKey = (event: globalThis.KeyboardEvent): void => {
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "f") input.current?.select();
    };
    window.addEventListener("keydown", onKey);
    return () => window.removeEventListener("keydown", onKey);
  }, []);
  const close = (): void => {
    const match = session.activeMatch();
    onClose();
    // One stays where the search led, marked for a moment, with the keys going to the page again.
    if (match) view.scrollToBlock(match.blockId, match);
    view.focus();
  };
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === "Escape") close();
    else if (event.key === "Enter" && event.target === input.current) session.step(event.shiftKey ? -1 : 1);
    else return;
    event.preventDefault();
    event.stopPropagation();
  };
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
        data-empty={query.trim() !== "" && matches.length === 0 ? "" : undefined}
        onChange={(event) => session.search(event.target.value)}
      />
      <output className="qui-find-count" aria-live="polite" aria-atomic="true">
        {countText({ query, matches, active, capped })}
      </output>
      <FindButton
        label="Match case"
        isPressed={options.caseSensitive}
        onClick={() => session.search(query, { caseSensitive: !options.caseSensitive })}
      >
        <ALargeSmall aria-hidden="true" size={18} />
      </FindButton>
      <FindButton
        label="Whole words"
        isPressed={options.wholeWord}
        onClick={() => session.search(query, { wholeWord: !options.wholeWord })}
      >
        <WholeWord aria-hidden="true" size={18} />
      </FindButton>
      <FindButton label="Previous match" isOff={matches.length === 0} onClick={() => session.step(-1)}>
        <ChevronUp aria-hidden="true" size={18} />
      </FindButton>
      <FindButton label="Next match" isOff={matches.length === 0} onClick={() => session.step(1)}>
        <ChevronDown aria-hidden="true" size={18} />
      </FindButton>
      <FindButton label="Close find" onClick={close}>
        <X aria-hidden="true" size={18} />
      </FindButton>
    </search>
  );
}

function FindButton({
  label,
  isPressed,
  isOff = false,
  onClick,
  children,
}: {
  label: string;
  isPressed?: boolean;
  isOff?: boolean;
  onClick: () => void;
  children: ReactNode;
}) {
  return (
    <button
      type="button"
      aria-label={label}
      title={label}
      aria-pressed={isPressed}
      disabled={isOff}
      onClick={onClick}
    >
      {children}
    </button>
  );
}

function countText({ query, matches, active, capped }: Omit<FindState, "options">): string {
  if (!query.trim()) return "";
  if (matches.length === 0) return "Not found";
  return `${(active + 1).toLocaleString()} of ${matches.length.toLocaleString()}${capped ? "+" : ""}`;
}
