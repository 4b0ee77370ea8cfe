import { Check } from "lucide-react";
import { type KeyboardEvent, useEffect, useId, useRef, useState } from "react";
import { Anchored } from "#components/live/features/anchored.tsx";
import { CardButton } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";
import { useReturnedFocus } from "#components/live/features/use-returned-focus.ts";
import { cx } from "#components/ui/class-names.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";
import { findByTyping, nextEnabled } from "#lib/core/live/type-ahead.ts";

/** Letters further apart than this begin anew. */
const TYPING_MS = 900;

/** The list of a `<select>`, with the keys that a browser's own has. */
export function SelectQuestion({ tab, question, onAnswer }: QuestionProps<"select"> & { tab: LiveTab }) {
  const { options, multiple, rect } = question;
  const id = useId();
  const list = useRef<HTMLDivElement>(null);
  const typed = useRef({ text: "", at: 0 });
  const [active, setActive] = useState(() => {
    const chosen = options.findIndex(({ selected }) => selected);
    return chosen >= 0 ? chosen : nextEnabled(options, -1, 1);
  });
  const [chosen, setChosen] = useState(
    () => new Set(options.flatMap(({ selected }, i) => (selected ? [i] : []))),
  );

  useReturnedFocus(list, () => list.current?.focus({ preventScroll: true }));
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: "nearest" });
  }, [active]);

  function choose(index: number): void {
    if (!options[index] || options[index].disabled) return;
    if (!multiple) {
      onAnswer({ kind: "options", indices: [index] });
      return;
    }
    setActive(index);
    setChosen((before) => {
      const next = new Set(before);
      if (!next.delete(index)) next.add(index);
      return next;
    });
  }
  const finish = () => onAnswer({ kind: "options", indices: [...chosen] });

  function onKeyDown(event: KeyboardEvent): void {
    const { key } = event;
    event.stopPropagation();
    const isTyping = [...key].length === 1 && !event.ctrlKey && !event.metaKey && !event.altKey;
    const recent = Date.now() - typed.current.at < TYPING_MS;
    if (key === "Escape") onAnswer(null);
    else if (key === "ArrowDown" || key === "ArrowUp")
      setActive((from) => nextEnabled(options, from, key === "ArrowDown" ? 1 : -1));
    else if (key === "Home") setActive(nextEnabled(options, -1, 1));
    else if (key === "End") setActive(nextEnabled(options, options.length, -1));
    else if (key === "Tab" || (key === "Enter" && multiple)) multiple ? finish() : choose(active);
    else if (key === "Enter" || (key === " " && !(recent && typed.current.text))) choose(active);
    else if (isTyping) {
      typed.current = { text: (recent ? typed.current.text : "") + key, at: Date.now() };
      const found = findByTyping(options, typed.current.text, active);
      if (found !== null) setActive(found);
    } else return;
    event.preventDefault();
  }

  return (
    <Anchored tab={tab} rect={rect} onDismiss={multiple ? finish : () => onAnswer(null)}>
      <div
        ref={list}
        role="listbox"
        tabIndex={0}
        aria-label="Choices of the page"
        aria-multiselectable={multiple || undefined}
        aria-activedescendant={`${id}-${active}`}
        onKeyDown={onKeyDown}
        className="min-h-0 flex-1 overflow-y-auto overscroll-contain p-1 outline-none"
      >
        {options.map((option, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a list that was asked for does not change
          <div key={index} role="presentation">
            {option.group !== null && option.group !== options[index - 1]?.group && (
              <div className="px-2.5 pt-2 pb-1 text-xs font-medium text-muted">{option.group}</div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the list itself has the keys */}
            {/* biome-ignore lint/a11y/useFocusableInteractive: the list itself has the focus */}
            <div
              id={`${id}-${index}`}
              role="option"
              data-index={index}
              aria-selected={chosen.has(index)}
              aria-disabled={option.disabled || undefined}
              onPointerMove={() => !option.disabled && active !== index && setActive(index)}
              onClick={() => choose(index)}
              className={cx(
                "flex min-h-7 items-center gap-2 rounded-md px-2.5 text-sm select-none pointer-coarse:min-h-11",
                option.group !== null && "ps-5",
                option.disabled && "text-faint",
                index === active && "bg-hover",
              )}
            >
              <Check aria-hidden className={cx("size-4 shrink-0", !chosen.has(index) && "invisible")} />
              <span className="[overflow-wrap:anywhere]">{option.label || "\u00a0"}</span>
            </div>
          </div>
        ))}
      </div>
      {multiple && (
        <div className="flex justify-end border-t border-line p-2">
          <CardButton kind="main" onClick={finish}>
            Done
          </CardButton>
        </div>
      )}
    </Anchored>
  );
}
