import type { KeyboardEvent, PointerEvent, RefObject } from "react";
import { getPagePanel, updateSession } from "#lib/client/store/browser-store.ts";
import { panelName } from "#lib/client/store/panel-name.ts";
import { moveDivider } from "#lib/core/space/splits.ts";
import type { Split } from "#lib/protocol/space.ts";

interface SplitDividerProps {
  split: Split;
  /** Stands after the panel at this place. */
  divider: number;
  stageRef: RefObject<HTMLDivElement | null>;
}

const KEY_STEP = 0.02;

/** Divides the width between two panels: dragged, or moved with the arrow keys; a double press makes them equal. */
export function SplitDivider({ split, divider, stageRef }: SplitDividerProps) {
  const before = split.sizes.slice(0, divider).reduce((sum, size) => sum + size, 0);
  const own = split.sizes[divider] ?? 0;
  const pair = own + (split.sizes[divider + 1] ?? 0);
  const set = (position: number) =>
    updateSession((session) => moveDivider(session, { splitId: split.id, divider, position }));

  const onPointerMove = (event: PointerEvent<HTMLElement>) => {
    if (!event.currentTarget.hasPointerCapture(event.pointerId) || !stageRef.current) return;
    const box = stageRef.current.getBoundingClientRect();
    set((event.clientX - box.left) / box.width);
  };

  const onKeyDown = (event: KeyboardEvent) => {
    const target = {
      ArrowLeft: before + own - KEY_STEP,
      ArrowRight: before + own + KEY_STEP,
      Home: before,
      End: before + pair,
      Enter: before + pair / 2,
    }[event.key];
    if (target === undefined) return;
    event.preventDefault();
    set(target);
  };

  const nameOf = (place: number) => panelName(getPagePanel(split.panels[place] ?? null));
  return (
    // biome-ignore lint/a11y/useSemanticElements: a separator that can be moved is a control, which <hr> is not
    <div
      role="separator"
      tabIndex={0}
      aria-orientation="vertical"
      aria-label={`Width of ${nameOf(divider)} beside ${nameOf(divider + 1)}`}
      aria-valuenow={Math.round((own / pair) * 100)}
      aria-valuemin={0}
      aria-valuemax={100}
      onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
      onPointerMove={onPointerMove}
      onDoubleClick={() => set(before + pair / 2)}
      onKeyDown={onKeyDown}
      className="group absolute inset-y-0 z-10 -ms-2 flex w-4 cursor-col-resize touch-none items-center justify-center outline-none"
      style={{ left: `${(before + own) * 100}%` }}
    >
      <span className="h-10 w-1 rounded-full bg-line transition-colors group-hover:bg-faint group-focus-visible:h-full group-focus-visible:bg-accent group-active:bg-accent" />
    </div>
  );
}
