import { ArrowLeft, ArrowRight } from "lucide-react";
import { type ReactNode, useRef, useState } from "react";
import { cx } from "#components/ui/class-names.ts";
import { commands, runCommand } from "#lib/client/commands/registry.ts";
import { type SwipeSide, swipeProgress, swipeSide } from "#lib/core/commands/edge-swipe.ts";

interface Swipe {
  side: SwipeSide;
  x: number;
  y: number;
  decided: boolean;
  /** How far it is to go; at 1 lifting the finger goes. */
  progress: number;
}

const COMMANDS = { left: "page.back", right: "page.forward" } as const;

/**
 * Back and forward by a finger from the edge, where the device leaves that gesture to
 * pages. An arrow comes along and fills when lifting the finger would go; going back
 * to the edge calls it off.
 */
export function EdgeSwipe({ children }: { children: ReactNode }) {
  const swipeRef = useRef<Swipe | null>(null);
  const [cue, setCue] = useState<{ side: SwipeSide; progress: number } | null>(null);

  const end = (go: boolean) => {
    const swipe = swipeRef.current;
    swipeRef.current = null;
    // Not what is drawn, which comes a moment after the finger.
    if (go && swipe?.progress === 1) runCommand(COMMANDS[swipe.side]);
    setCue(null);
  };

  return (
    <div
      className="relative size-full"
      onTouchStart={(event) => {
        const touch = event.touches.length === 1 ? event.touches[0] : undefined;
        const side = touch && swipeSide({ x: touch.clientX, width: window.innerWidth });
        swipeRef.current =
          touch && side && commands.isEnabled(COMMANDS[side]) && !scrollsSideways(event.target, side)
            ? { side, x: touch.clientX, y: touch.clientY, decided: false, progress: 0 }
            : null;
      }}
      onTouchMove={(event) => {
        const swipe = swipeRef.current;
        const touch = event.touches[0];
        if (!swipe || !touch) return;
        const now = swipeProgress(
          swipe.side,
          { dx: touch.clientX - swipe.x, dy: touch.clientY - swipe.y },
          swipe.decided,
        );
        if (now.state === "scroll") swipeRef.current = null;
        if (now.state !== "swipe") return;
        swipe.decided = true;
        swipe.progress = now.progress;
        setCue({ side: swipe.side, progress: now.progress });
      }}
      onTouchEnd={() => end(true)}
      onTouchCancel={() => end(false)}
    >
      {children}
      {cue && (
        <div
          aria-hidden
          className={cx(
            "pointer-events-none absolute top-1/2 z-30 grid size-12 place-items-center rounded-full shadow-float",
            cue.side === "left" ? "left-0" : "right-0",
            cue.progress === 1 ? "bg-accent text-on-accent" : "bg-raised text-muted",
          )}
          style={{
            transform: `translate(${(cue.side === "left" ? 1 : -1) * (cue.progress * 64 - 48)}px, -50%)`,
          }}
        >
          {cue.side === "left" ? <ArrowLeft className="size-5" /> : <ArrowRight className="size-5" />}
        </div>
      )}
    </div>
  );
}

/** A wide table or code block under the finger keeps the gesture while it has somewhere to scroll. */
function scrollsSideways(target: EventTarget, side: SwipeSide): boolean {
  for (let at = target instanceof Element ? target : null; at; at = at.parentElement) {
    if (at.scrollWidth <= at.clientWidth + 1 || !/auto|scroll/.test(getComputedStyle(at).overflowX)) continue;
    const room = side === "left" ? at.scrollLeft : at.scrollWidth - at.clientWidth - at.scrollLeft;
    if (room > 1) return true;
  }
  return false;
}
