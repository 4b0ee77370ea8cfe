import type { ComponentProps, ReactNode } from "react";
import { cx } from "#components/ui/class-names.ts";

export interface IconButtonProps extends Omit<ComponentProps<"button">, "children" | "aria-label"> {
  /** What it does: its name for everybody, and its tooltip. */
  label: string;
  /** Written after the name in the tooltip. */
  shortcut?: string | null | undefined;
  children: ReactNode;
  /** `touch` is 44 px for fingers. */
  size?: "regular" | "small" | "touch";
}

const SIZES = { regular: "size-9", small: "size-6 rounded-md", touch: "size-11" };

export function IconButton({
  label,
  shortcut,
  size = "regular",
  className,
  children,
  ...rest
}: IconButtonProps) {
  return (
    <button
      type="button"
      aria-label={label}
      data-tip={label}
      data-tip-keys={shortcut ?? undefined}
      className={cx(
        "inline-grid shrink-0 place-items-center rounded-control text-muted transition-colors duration-150",
        "hover:bg-hover hover:text-ink active:bg-pressed disabled:pointer-events-none disabled:text-faint/60",
        "aria-expanded:bg-pressed aria-expanded:text-ink aria-pressed:text-accent",
        SIZES[size],
        className,
      )}
      {...rest}
    >
      {children}
    </button>
  );
}
