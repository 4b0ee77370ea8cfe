import { useId } from "react";
import { cx } from "#components/ui/class-names.ts";

interface ChoiceRowProps<Value extends string> {
  legend: string;
  /** What the choice means, under it. */
  hint?: string;
  options: readonly { value: Value; label: string }[];
  value: Value;
  onChange: (value: Value) => void;
}

/** One of a few, side by side. Native radio buttons under the look, so keys and names come by themselves. */
export function ChoiceRow<Value extends string>({
  legend,
  hint,
  options,
  value,
  onChange,
}: ChoiceRowProps<Value>) {
  const name = useId();
  return (
    <fieldset className="flex flex-col gap-2" aria-describedby={hint ? `${name}-hint` : undefined}>
      <legend className="mb-2 text-sm font-medium">{legend}</legend>
      <div className="flex rounded-[10px] bg-sunken p-1">
        {options.map((option) => (
          <label
            key={option.value}
            className={cx(
              "flex min-h-9 flex-1 items-center justify-center rounded-[7px] px-2 text-center text-sm pointer-coarse:min-h-11",
              "has-focus-visible:outline-2 has-focus-visible:outline-accent",
              option.value === value
                ? "bg-raised font-medium shadow-[0_0_0_1px_var(--line)]"
                : "text-muted hover:text-ink",
            )}
          >
            <input
              type="radio"
              name={name}
              value={option.value}
              checked={option.value === value}
              onChange={() => onChange(option.value)}
              className="sr-only"
            />
            {option.label}
          </label>
        ))}
      </div>
      {hint && (
        <p id={`${name}-hint`} className="text-sm text-muted">
          {hint}
        </p>
      )}
    </fieldset>
  );
}
