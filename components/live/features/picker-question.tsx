import { useRef, useState } from "react";
import { Anchored } from "#components/live/features/anchored.tsx";
import { CardButton, FIELD } from "#components/live/features/question-card.tsx";
import type { QuestionProps } from "#components/live/features/question-props.ts";
import { useReturnedFocus } from "#components/live/features/use-returned-focus.ts";
import type { LiveTab } from "#lib/client/live/live-tab.ts";

const NAMES = {
  date: "Date",
  time: "Time",
  "datetime-local": "Date and time",
  month: "Month",
  week: "Week",
  color: "Colour",
};

/** Dates, times and colours, by the visitor's own browser's field: it knows their calendar and keyboard. */
export function PickerQuestion({ tab, question, onAnswer }: QuestionProps<"picker"> & { tab: LiveTab }) {
  const { input, rect, min, max, step } = question;
  const field = useRef<HTMLInputElement>(null);
  const [value, setValue] = useState(question.value);

  useReturnedFocus(field, () => {
    field.current?.focus({ preventScroll: true });
    try {
      field.current?.showPicker();
    } catch {
      // Browsers open it by themselves only within a press; the field stays to be pressed.
    }
  });

  return (
    <Anchored tab={tab} rect={rect} onDismiss={() => onAnswer(null)}>
      <form
        className="flex flex-col gap-3 overflow-y-auto p-3"
        onSubmit={(event) => {
          event.preventDefault();
          onAnswer({ kind: "value", value });
        }}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") onAnswer(null);
        }}
      >
        <label className="flex flex-col gap-1 text-sm">
          {NAMES[input]}
          <input
            ref={field}
            type={input}
            className={FIELD}
            value={value}
            min={min || undefined}
            max={max || undefined}
            step={step || undefined}
            onChange={(event) => setValue(event.target.value)}
          />
        </label>
        <div className="flex justify-end gap-2">
          {input !== "color" && (
            <CardButton onClick={() => onAnswer({ kind: "value", value: "" })}>Clear</CardButton>
          )}
          <CardButton kind="main" type="submit">
            Set
          </CardButton>
        </div>
      </form>
    </Anchored>
  );
}
