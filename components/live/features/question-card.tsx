import { type ReactNode, useId, useRef } from "react";
import { useReturnedFocus } from "#components/live/features/use-returned-focus.ts";
import { cx } from "#components/ui/class-names.ts";

interface QuestionCardProps {
  /** Who speaks, and what about. */
  title: string;
  onDismiss: () => void;
  /** Pressing Enter anywhere in it. */
  onSubmit: () => void;
  children: ReactNode;
  actions: ReactNode;
}

/**
 * A question of a page in its own panel: the page waits, the rest of Qui goes on. Its title says
 * who asks, so that a page cannot pass for Qui.
 */
export function QuestionCard({ title, onDismiss, onSubmit, children, actions }: QuestionCardProps) {
  const id = useId();
  const card = useRef<HTMLDivElement>(null);
  useReturnedFocus(card, () => {
    const first = card.current?.querySelector<HTMLElement>("[data-autofocus]");
    (first ?? card.current)?.focus({ preventScroll: true });
  });
  return (
    <div
      data-page-waits
      className="pointer-events-auto absolute inset-0 flex justify-center bg-[oklch(0.1_0.02_250/35%)] p-4 max-sm:items-end"
    >
      <div
        ref={card}
        role="dialog"
        aria-modal="false"
        aria-labelledby={id}
        tabIndex={-1}
        onKeyDown={(event) => {
          event.stopPropagation();
          if (event.key === "Escape") onDismiss();
        }}
        className="max-h-full w-full max-w-md animate-rise self-start overflow-y-auto rounded-panel bg-raised p-5 text-ink shadow-float outline-none max-sm:self-end"
      >
        <form
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            onSubmit();
          }}
        >
          <h2 id={id} className="font-semibold [overflow-wrap:anywhere]">
            {title}
          </h2>
          {children}
          <div className="flex flex-wrap justify-end gap-2">{actions}</div>
        </form>
      </div>
    </div>
  );
}

interface CardButtonProps {
  kind?: "plain" | "main";
  type?: "button" | "submit";
  onClick?: () => void;
  disabled?: boolean;
  autoFocusMark?: boolean;
  children: ReactNode;
}

export function CardButton({
  kind = "plain",
  type = "button",
  onClick,
  disabled,
  autoFocusMark,
  children,
}: CardButtonProps) {
  return (
    <button
      type={type}
      onClick={onClick}
      disabled={disabled}
      data-autofocus={autoFocusMark || undefined}
      className={cx(
        "min-h-9 rounded-control px-4 text-sm font-medium disabled:opacity-50 pointer-coarse:min-h-11",
        kind === "main" ? "bg-accent text-on-accent" : "bg-sunken hover:bg-hover",
      )}
    >
      {children}
    </button>
  );
}

export const FIELD =
  "min-h-10 w-full rounded-control border border-line bg-paper px-3 text-base outline-offset-0 pointer-coarse:min-h-11";
