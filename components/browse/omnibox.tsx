import { type KeyboardEvent, type ReactNode, useEffect, useId, useState } from "react";
import { AddressText } from "#components/browse/address-text.tsx";
import { OmniboxRow } from "#components/browse/omnibox-row.tsx";
import { cx } from "#components/ui/class-names.ts";
import { useOmnibox } from "#lib/client/commands/use-omnibox.ts";
import { takeOmniboxRequest } from "#lib/client/store/ui-store.ts";
import { actionLabel, type Suggestion } from "#lib/core/omnibox/suggestion.ts";

export interface OmniboxProps {
  panelId: string | null;
  /** What the panel shows; empty for a new tab. */
  url: string;
  /** `bar` in the toolbar, `hero` on the landing page, `sheet` on a phone's whole screen. */
  variant: "bar" | "hero" | "sheet";
  /** Take the focus when it appears. */
  autoFocus?: boolean;
  /** The field's name in a form around it. */
  name?: string;
  /** Grows with each wish to type here (`requestOmnibox`). */
  requestCount?: number;
  onChoose: (suggestion: Suggestion, newTab: boolean) => void;
  /** The person went away without choosing. */
  onLeave?: () => void;
  /** Shown in the field while it is not edited. */
  before?: ReactNode;
  after?: ReactNode;
}

const FIELDS = {
  bar: "h-9 rounded-full text-sm",
  hero: "h-14 rounded-full text-base shadow-float",
  sheet: "h-12 rounded-full text-base",
};

/**
 * The one field: address, search, history, open panels, bookmarks and commands. A
 * combobox as the ARIA practices describe it; the first row always says what Enter does.
 */
export function Omnibox({
  panelId,
  url,
  variant,
  autoFocus,
  name,
  requestCount,
  onChoose,
  onLeave,
  before,
  after,
}: OmniboxProps) {
  const listId = useId();
  const model = useOmnibox({ panelId, url });
  const { inputRef, rows, chosen } = model;
  const [focused, setFocused] = useState(false);
  const isOpen = focused && model.isDirty && rows.length > 0;
  const pretty = !focused && !model.isDirty && url !== "";

  // biome-ignore lint/correctness/useExhaustiveDependencies: once; what was done before React took over counts too
  useEffect(() => {
    const input = inputRef.current;
    if (!input || document.activeElement !== input) return;
    setFocused(true);
    if (input.value !== model.value) model.type(input.value, false);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: a new request, not a new text, asks for the focus
  useEffect(() => {
    const input = inputRef.current;
    // On a phone the toolbar's field is not on screen; the sheet has one of its own.
    if (requestCount === undefined || !input || input.offsetParent === null) return;
    const request = takeOmniboxRequest();
    if (!request) return;
    input.focus();
    if (request.text !== null) model.type(request.text, false);
    else input.select();
  }, [requestCount]);

  const choose = (suggestion: Suggestion, newTab: boolean) => {
    if (suggestion.kind === "refused") return;
    model.reset();
    inputRef.current?.blur();
    onChoose(suggestion, newTab);
  };

  const onKeyDown = (event: KeyboardEvent<HTMLInputElement>) => {
    if (event.nativeEvent.isComposing) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      model.move(event.key === "ArrowDown" ? 1 : -1);
    } else if (event.key === "Enter") {
      event.preventDefault();
      const suggestion = model.current();
      if (suggestion) choose(suggestion, event.altKey);
      else if (!model.isDirty && url !== "") choose(sameAddress(url), event.altKey);
    } else if (event.key === "Escape") {
      event.preventDefault();
      if (model.isDirty) {
        model.reset();
        requestAnimationFrame(() => inputRef.current?.select());
      } else {
        inputRef.current?.blur();
        onLeave?.();
      }
    }
  };

  const active = isOpen && chosen >= 0 ? rows[chosen] : undefined;
  return (
    <div className={cx("relative min-w-0 flex-1", variant === "sheet" && "flex min-h-0 flex-col")}>
      <div
        className={cx(
          "group relative flex items-center bg-raised transition-shadow duration-150",
          "border border-line focus-within:border-accent focus-within:ring-3 focus-within:ring-selection",
          FIELDS[variant],
        )}
      >
        {before}
        <div className={cx("relative h-full min-w-0 flex-1", !before && "pl-5", !after && "pr-5")}>
          <input
            ref={inputRef}
            // biome-ignore lint/a11y/noAutofocus: typing an address is what this screen is for
            autoFocus={autoFocus}
            type="text"
            name={name}
            inputMode="url"
            enterKeyHint="go"
            role="combobox"
            aria-label="Address, search or command"
            aria-expanded={isOpen}
            aria-controls={isOpen ? listId : undefined}
            aria-activedescendant={active ? `${listId}-${chosen}` : undefined}
            aria-autocomplete="both"
            autoComplete="off"
            autoCapitalize="none"
            autoCorrect="off"
            spellCheck={false}
            placeholder={variant === "bar" ? "Search or type an address" : "Type an address or search"}
            value={model.value}
            onChange={(event) => model.type(event.target.value, isTyping(event.nativeEvent, event.target))}
            onKeyDown={onKeyDown}
            onFocus={(event) => {
              setFocused(true);
              if (!model.isDirty) event.currentTarget.select();
            }}
            onBlur={() => {
              setFocused(false);
              // Changing windows is no change of mind: the draft stays.
              if (document.hasFocus()) model.reset();
            }}
            // The first press selects everything rather than placing the caret.
            onPointerDown={(event) => {
              if (document.activeElement === event.currentTarget || event.pointerType !== "mouse") return;
              event.preventDefault();
              event.currentTarget.focus();
            }}
            className={cx(
              "size-full bg-transparent outline-none placeholder:text-muted",
              pretty && "opacity-0",
            )}
          />
          {pretty && <AddressText url={url} />}
        </div>
        {!focused && after}
      </div>
      {isOpen && (
        <div
          id={listId}
          role="listbox"
          aria-label="Suggestions"
          className={cx(
            "animate-fade",
            variant === "sheet"
              ? "-mx-4 mt-2 min-h-0 flex-1 overflow-y-auto overscroll-contain"
              : "absolute inset-x-0 top-full z-40 mt-2 max-h-[70vh] overflow-y-auto rounded-panel bg-raised p-1.5 text-left shadow-float",
          )}
        >
          {rows.map((row, place) => (
            <OmniboxRow
              key={row.key}
              id={`${listId}-${place}`}
              suggestion={row}
              chosen={place === chosen}
              onChoose={() => choose(row, false)}
            />
          ))}
        </div>
      )}
      <p aria-live="polite" className="sr-only">
        {active ? `${actionLabel(active)}: ${active.title}` : ""}
      </p>
    </div>
  );
}

function sameAddress(url: string): Suggestion {
  return {
    kind: "address",
    key: url,
    url,
    title: url,
    titleSpans: [],
    detail: "",
    detailSpans: [],
    icon: null,
  };
}

/** Whether text was just added at the end: only then may the rest be finished. */
function isTyping(event: Event, input: HTMLInputElement): boolean {
  const isInsertion =
    event instanceof InputEvent && event.inputType.startsWith("insert") && !event.isComposing;
  return isInsertion && event.inputType !== "insertFromPaste" && input.selectionStart === input.value.length;
}
