import { useFrame } from "@react-three/fiber";
import { useEffect, useRef } from "react";
import { useStore } from "zustand";
import { useShallow } from "zustand/react/shallow";
import { PanelCard } from "#components/room/panels/panel-card.tsx";
import { PanelPart } from "#components/room/panels/panel-part.tsx";
import { RoomPanel } from "#components/room/panels/room-panel.tsx";
import { commands } from "#lib/client/commands/registry.ts";
import { ensureLoaded } from "#lib/client/pages/load-panel.ts";
import { registerReadingCommands } from "#lib/client/reading/reading-commands.ts";
import { panelMoveCommands } from "#lib/client/room/panel-move.ts";
import { browserStore, updateSession } from "#lib/client/store/browser-store.ts";
import { createPanelLoop, type PanelLoop } from "#lib/client/xr/panel/panel-loop.ts";
import { getPanelReading, watchPanelReading } from "#lib/client/xr/panel/panel-reading.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { arrangeUnplaced } from "#lib/core/layout/arrange-unplaced.ts";
import { pickPanels } from "#lib/core/surfaces/pick-panels.ts";

/** Between two panels that begin to load: the nearest is read while the others come. */
const STAGGER_MS = 120;

/** The panels of the space, each at its pose. */
export function RoomPanels() {
  const isReady = useStore(browserStore, ({ status }) => status === "ready");
  const pages = useStore(
    browserStore,
    // Sorted by id: a panel that becomes the active one must not be mounted anew.
    useShallow(({ session }) => pickPanels(session).pages.toSorted()),
  );
  const cards = useStore(
    browserStore,
    useShallow(({ session }) => pickPanels(session).cards.toSorted()),
  );
  const loop = useRef<PanelLoop>(null);

  useEffect(() => {
    registerReadingCommands();
    if (!commands.get("panel.undoMove")) commands.register(panelMoveCommands);
  }, []);
  useEffect(placeUnplaced, []);
  useEffect(() => loadNearestFirst(pages), [pages]);
  useEffect(
    () =>
      watchPanelReading(() => {
        for (const panel of roomPanels) panel.setReading(getPanelReading(panel.id));
      }),
    [],
  );
  useEffect(() => {
    const made = createPanelLoop();
    loop.current = made;
    return () => {
      loop.current = null;
      made.dispose();
    };
  }, []);
  useFrame(({ gl, camera }, delta, frame?: XRFrame) => {
    loop.current?.step(gl, camera, frame, delta * 1000);
  });

  if (!isReady) return null;
  return (
    <>
      {pages.map((id) => (
        <PanelPart key={id} name="panel">
          <RoomPanel panelId={id} />
        </PanelPart>
      ))}
      {cards.map((id) => (
        <PanelPart key={id} name="card">
          <PanelCard panelId={id} />
        </PanelPart>
      ))}
    </>
  );
}

/** Panels that have never stood in a room get their place, now and whenever one is added. */
function placeUnplaced(): () => void {
  const place = () => {
    if (browserStore.getState().status === "ready") updateSession(arrangeUnplaced);
  };
  place();
  return browserStore.subscribe(({ session, status }, previous) => {
    if (status !== previous.status || session.space.panels !== previous.session.space.panels) place();
  });
}

function loadNearestFirst(ids: readonly string[]): () => void {
  const shown = new Set(ids);
  const order = pickPanels(browserStore.getState().session).pages.filter((id) => shown.has(id));
  const timers = order.map((id, place) => setTimeout(() => ensureLoaded(id), place * STAGGER_MS));
  return () => {
    for (const timer of timers) clearTimeout(timer);
  };
}
