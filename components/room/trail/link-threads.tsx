import { useFrame } from "@react-three/fiber";
import { useEffect, useMemo, useRef } from "react";
import { Color, Vector3 } from "three";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { roomPanels } from "#lib/client/xr/panel/panel-registry.ts";
import { createThreadRibbons } from "#lib/client/xr/trail/thread-ribbons.ts";
import { createTransform, poseToTransform } from "#lib/core/layout/pose-transform.ts";
import { THREADS_MAX, type Thread, threadsBetween } from "#lib/core/trail/threads.ts";
import type { Pose } from "#lib/protocol/space.ts";

const WIDTH_M = 0.007;
/** Threads hang below the panels they connect, so that they cross no words. */
const SAG_M = 0.16;
const OUTWARD = 1.06;

const from = new Vector3();
const over = new Vector3();
const to = new Vector3();
const transform = createTransform();

/** A thread from each panel to those its links opened: one draw call, renewed only when a panel moves. */
export function LinkThreads() {
  const trail = useStore(browserStore, ({ session }) => session.space.trail);
  const panels = useStore(browserStore, ({ session }) => session.space.panels);
  const threads = useMemo(() => threadsBetween(trail, panels), [trail, panels]);
  const theme = useChromeTheme();
  const ribbons = useMemo(() => createThreadRibbons(THREADS_MAX, WIDTH_M), []);
  useEffect(() => () => ribbons.dispose(), [ribbons]);
  const colors = useMemo(
    () => ({ current: new Color(theme.accent), former: new Color(theme.faint) }),
    [theme],
  );
  /** The poses the buffer was made from, two for each thread. */
  const drawn = useRef<(Pose | undefined)[]>([]);

  // biome-ignore lint/correctness/useExhaustiveDependencies: other threads or colours are drawn anew
  useEffect(() => {
    drawn.current = [];
    stirRoom();
  }, [threads, colors]);

  useFrame(() => {
    if (!hasMoved(threads, drawn.current)) return;
    let count = 0;
    for (const thread of threads) {
      const source = poseOf(thread.fromId);
      const target = poseOf(thread.toId);
      if (!source || !target) continue;
      lowerEdge(source, from);
      lowerEdge(target, to);
      over.addVectors(from, to).multiplyScalar(OUTWARD / 2);
      over.y = Math.min(from.y, to.y) - SAG_M;
      ribbons.set(count, from, over, to, thread.isCurrent ? colors.current : colors.former);
      count += 1;
    }
    ribbons.setCount(count);
  });

  return <primitive object={ribbons.mesh} dispose={null} visible={threads.length > 0} />;
}

/** Whether a panel at an end of a thread stands elsewhere than when it was drawn; notes where they stand now. */
function hasMoved(threads: readonly Thread[], drawn: (Pose | undefined)[]): boolean {
  let moved = drawn.length !== threads.length * 2;
  drawn.length = threads.length * 2;
  for (let index = 0; index < threads.length; index += 1) {
    const thread = threads[index];
    const source = thread && poseOf(thread.fromId);
    const target = thread && poseOf(thread.toId);
    if (drawn[index * 2] !== source || drawn[index * 2 + 1] !== target) moved = true;
    drawn[index * 2] = source;
    drawn[index * 2 + 1] = target;
  }
  return moved;
}

/** Where a panel is shown now. A plain loop: this runs for each thread in each frame. */
function poseOf(panelId: string): Pose | undefined {
  for (let index = 0; index < roomPanels.length; index += 1) {
    const panel = roomPanels[index];
    if (panel?.id === panelId) return panel.pose;
  }
  return undefined;
}

function lowerEdge(pose: Pose, out: Vector3): void {
  const { position } = poseToTransform(pose, transform);
  out.fromArray(position);
  out.y -= (pose.widthM * pose.aspect) / 2 + 0.02;
}
