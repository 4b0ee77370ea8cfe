import { cx } from "#components/ui/class-names.ts";

/** Something is on its way. Decoration: the control around it says so in words. */
export function Spinner({ className }: { className?: string }) {
  return (
    <span
      aria-hidden
      className={cx(
        "size-4 shrink-0 animate-spin rounded-full border-2 border-line border-t-accent motion-reduce:border-accent/60",
        className,
      )}
    />
  );
}
