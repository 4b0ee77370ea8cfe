import { type LucideIcon, TriangleAlert } from "lucide-react";
import { type ReactNode, useEffect, useRef } from "react";
import { DANGER, QUIET } from "#components/library/styles.ts";

/** A section with nothing in it: what would be here, and how it comes to be. */
export function Empty({
  icon: Icon,
  title,
  children,
}: {
  icon: LucideIcon;
  title: string;
  children?: ReactNode;
}) {
  return (
    <div className="flex flex-1 flex-col items-center justify-center gap-2 px-6 py-12 text-center">
      <Icon aria-hidden className="mb-1 size-8 text-faint" strokeWidth={1.5} />
      <h3 className="font-medium">{title}</h3>
      {children && <p className="max-w-sm text-sm text-pretty text-muted">{children}</p>}
    </div>
  );
}

/** Lines in the shape of what comes; not seen at all when it comes at once. */
export function Loading() {
  return (
    <div aria-busy className="flex flex-1 animate-[fade_200ms_ease-out_250ms_backwards] flex-col gap-5 pt-2">
      <p className="sr-only">Loading</p>
      {["w-1/2", "w-3/4", "w-2/3", "w-2/5", "w-3/5"].map((width) => (
        <div key={width} className="flex items-center gap-3 px-2">
          <span className="size-5 rounded-full bg-pressed" />
          <span className={`h-3.5 rounded-full bg-pressed ${width}`} />
        </div>
      ))}
    </div>
  );
}

/** Storage is switched off, full or broken. */
export function Unavailable() {
  return (
    <div role="alert" className="mb-4 flex gap-3 rounded-control border border-line bg-raised p-3 text-sm">
      <TriangleAlert aria-hidden className="mt-0.5 size-4 shrink-0 text-warn" />
      <p>
        This browser does not let Qui keep things right now, so what you see may be incomplete. Pages still
        open. Check that site data is allowed and that the device has space, then reload.
      </p>
    </div>
  );
}

interface ConfirmProps {
  question: string;
  /** What the last press will do, as its button says it. */
  action: string;
  onConfirm: () => void;
  onCancel: () => void;
}

/** Asked in place, before what cannot be taken back. */
export function Confirm({ question, action, onConfirm, onCancel }: ConfirmProps) {
  const cancel = useRef<HTMLButtonElement>(null);
  useEffect(() => cancel.current?.focus(), []);
  return (
    <div
      role="alertdialog"
      aria-label={question}
      className="mb-3 flex animate-rise flex-wrap items-center justify-end gap-2 rounded-control border border-line bg-raised p-3 text-sm"
    >
      <p className="min-w-48 flex-1 text-pretty">{question}</p>
      <button ref={cancel} type="button" className={QUIET} onClick={onCancel}>
        Cancel
      </button>
      <button type="button" className={DANGER} onClick={onConfirm}>
        {action}
      </button>
    </div>
  );
}
