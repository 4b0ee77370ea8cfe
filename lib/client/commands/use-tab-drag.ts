import { type PointerEvent, type RefObject, useRef } from "react";
import { getSession, updateSession } from "#lib/client/store/browser-store.ts";
import { movePanel } from "#lib/core/space/panels.ts";
import { findSplit } from "#lib/core/space/session.ts";

/** A press becomes a drag after this many pixels. */
const DRAG_START_PX = 6;
const EDGE_PX = 32;

interface Place {
  element: HTMLElement;
  id: string;
  left: number;
  width: number;
}

interface Drag {
  id: string;
  pointerId: number;
  startX: number;
  moving: boolean;
  moved: Place[];
  others: Place[];
  /** Before which of `others` it would land. */
  target: number;
}

/**
 * Lets tabs be put in order with a mouse or pen. Tabs follow the pointer by
 * transforms set directly, so that nothing renders while they move. Keyboard and
 * touch have commands for the same.
 */
export function useTabDrag(listRef: RefObject<HTMLElement | null>) {
  const dragRef = useRef<Drag | null>(null);

  const begin = (drag: Drag) => {
    const unit = new Set(findSplit(getSession(), drag.id)?.panels ?? [drag.id]);
    const places = [...(listRef.current?.querySelectorAll<HTMLElement>("[data-strip-panel]") ?? [])].map(
      (element) => ({
        element,
        id: element.dataset.stripPanel ?? "",
        left: element.offsetLeft,
        width: element.offsetWidth,
      }),
    );
    drag.moving = true;
    drag.moved = places.filter((place) => unit.has(place.id));
    drag.others = places.filter((place) => !unit.has(place.id));
    for (const place of places)
      place.element.style.transition = unit.has(place.id) ? "none" : "translate 150ms var(--ease-quick)";
    for (const place of drag.moved) place.element.style.zIndex = "10";
    listRef.current?.setPointerCapture(drag.pointerId);
  };

  const follow = (drag: Drag, clientX: number) => {
    const first = drag.moved[0];
    const list = listRef.current;
    if (!first || !list) return;
    const shift = clientX - drag.startX;
    const width = drag.moved.reduce((sum, place) => sum + place.width, 0) + 4 * drag.moved.length;
    const centre = first.left + shift + width / 2;
    drag.target = drag.others.filter((place) => place.left + place.width / 2 < centre).length;
    const origin = drag.others.filter((place) => place.left < first.left).length;
    for (const place of drag.moved) place.element.style.translate = `${shift}px 0`;
    drag.others.forEach((place, index) => {
      const makesRoom =
        index >= drag.target && index < origin ? width : index < drag.target && index >= origin ? -width : 0;
      place.element.style.translate = makesRoom === 0 ? "" : `${makesRoom}px 0`;
    });
    const box = list.getBoundingClientRect();
    if (clientX < box.left + EDGE_PX) list.scrollLeft -= 8;
    else if (clientX > box.right - EDGE_PX) list.scrollLeft += 8;
  };

  const end = (keep: boolean) => {
    const drag = dragRef.current;
    dragRef.current = null;
    if (!drag?.moving) return;
    for (const { element } of [...drag.moved, ...drag.others]) {
      element.style.translate = "";
      element.style.transition = "";
      element.style.zIndex = "";
    }
    if (keep) updateSession((session) => movePanel(session, drag.id, indexOf(drag)));
    // The click that ends a drag is not a wish to switch tabs.
    const swallow = (event: MouseEvent) => event.stopPropagation();
    window.addEventListener("click", swallow, { capture: true, once: true });
    setTimeout(() => window.removeEventListener("click", swallow, { capture: true }));
  };

  return {
    listProps: {
      onPointerDown(event: PointerEvent<HTMLElement>) {
        const tab = (event.target as Element).closest<HTMLElement>('[role="tab"][data-panel]');
        if (!tab || event.button !== 0 || event.pointerType === "touch") return;
        dragRef.current = {
          id: tab.dataset.panel ?? "",
          pointerId: event.pointerId,
          startX: event.clientX,
          moving: false,
          moved: [],
          others: [],
          target: 0,
        };
      },
      onPointerMove(event: PointerEvent<HTMLElement>) {
        const drag = dragRef.current;
        if (!drag || drag.pointerId !== event.pointerId) return;
        if (!drag.moving && Math.abs(event.clientX - drag.startX) > DRAG_START_PX) begin(drag);
        if (drag.moving) follow(drag, event.clientX);
      },
      onPointerUp: () => end(true),
      onPointerCancel: () => end(false),
      onLostPointerCapture: () => end(false),
    },
  };
}

/** The place in the whole strip: tabs of folded groups are not on screen. */
function indexOf(drag: Drag): number {
  const moved = new Set(drag.moved.map((place) => place.id));
  const staying = getSession().space.panels.filter((panel) => !moved.has(panel.id));
  const before = drag.others[drag.target];
  const after = drag.others[drag.target - 1];
  if (before && !after) return staying.findIndex((panel) => panel.id === before.id);
  return after ? staying.findIndex((panel) => panel.id === after.id) + 1 : staying.length;
}
