import { createStore } from "zustand/vanilla";
import type { SurfaceKind } from "#lib/core/surfaces/choose-surface.ts";

/** What a panel of the room offers to input, chrome and gestures. Lives while the panel is drawn. */
export interface RoomPanelHandle {
  readonly panelId: string;
  /** Of the page's viewport, and of all that can be scrolled through. CSS pixels. */
  readonly heightPx: number;
  readonly contentHeightPx: number;
  readonly surfaceKind: SurfaceKind;
  /** CSS pixels, as of a wheel; stops a glide. */
  scrollBy(deltaPx: number): void;
  scrollTo(px: number): void;
  /** Lets the page glide, in CSS pixels a second. */
  fling(velocity: number): void;
}

export interface RoomPanelState {
  /** The panel that a pointer came to last. */
  pointedId: string | null;
  /** The link under a pointer, for the chrome's status. */
  link: { panelId: string; href: string } | null;
  /** Panels that are being moved or resized. */
  heldIds: readonly string[];
  /** Where a menu was asked for last: CSS pixels of the panel's viewport. */
  menuPoint: { panelId: string; x: number; y: number } | null;
}

export const roomPanelStore = createStore<RoomPanelState>(() => ({
  pointedId: null,
  link: null,
  heldIds: [],
  menuPoint: null,
}));

const handles = new Map<string, RoomPanelHandle>();

export function registerRoomPanel(handle: RoomPanelHandle): () => void {
  handles.set(handle.panelId, handle);
  return () => {
    if (handles.get(handle.panelId) !== handle) return;
    handles.delete(handle.panelId);
    const gone = [...pointers].filter(([, panelId]) => panelId === handle.panelId);
    for (const [pointerId] of gone) setPointed(handle.panelId, pointerId, false);
    const { link } = roomPanelStore.getState();
    if (link?.panelId === handle.panelId) roomPanelStore.setState({ link: null });
  };
}

export function getRoomPanel(panelId: string | null): RoomPanelHandle | undefined {
  return panelId === null ? undefined : handles.get(panelId);
}

/** Which panel each pointer is on. Two rays rest on two panels at once. */
const pointers = new Map<number, string>();

/**
 * The panel a pointer came to last is the one pointed at. When it leaves, none is: a
 * hand that rests on another panel has not pointed there, and must not take the bar
 * away from under the hand that is on its way to it.
 */
export function setPointed(panelId: string, pointerId: number, isPointed: boolean): void {
  if (isPointed === (pointers.get(pointerId) === panelId)) return;
  if (isPointed) pointers.set(pointerId, panelId);
  else pointers.delete(pointerId);
  if (isPointed) roomPanelStore.setState({ pointedId: panelId });
  else if (roomPanelStore.getState().pointedId === panelId)
    roomPanelStore.setState({ pointedId: null, link: null });
}

export function setLink(panelId: string, href: string | null): void {
  const { link } = roomPanelStore.getState();
  if (href === null ? link?.panelId !== panelId : link?.panelId === panelId && link.href === href) return;
  roomPanelStore.setState({ link: href === null ? null : { panelId, href } });
}

export function setHeld(panelId: string, isHeld: boolean): void {
  const { heldIds } = roomPanelStore.getState();
  if (heldIds.includes(panelId) === isHeld) return;
  roomPanelStore.setState({
    heldIds: isHeld ? [...heldIds, panelId] : heldIds.filter((id) => id !== panelId),
  });
}

let pressedId: string | null = null;

/** A panel that was pressed becomes the active one without the view turning to it under the finger. */
export function notePressed(panelId: string): void {
  pressedId = panelId;
}

export function takePressed(panelId: string | null): boolean {
  const was = pressedId === panelId;
  pressedId = null;
  return was;
}
