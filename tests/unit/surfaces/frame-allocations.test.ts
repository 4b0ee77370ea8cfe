import { Session } from "node:inspector/promises";
import { PerspectiveCamera } from "three";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import type { LayoutFrameInput } from "#lib/client/xr/panel/layout-frame.ts";
import { DEFAULT_POSE } from "#lib/core/space/session.ts";
import { allocate } from "./allocating-frame.ts";

const FRAMES = 3000;
/** Until V8 has compiled the frame for good: before, every number that is passed on is an object of its own. */
const WARM_UP = 30_000;
const ROUNDS_MAX = 8;
/** Numbers handed to three's setters are boxed by V8, 16 bytes each; a vector a frame would be 48 and more. */
const BOXED_BYTES_MAX = 32;
/** Bytes between two samples, on average: small enough that an object a frame cannot go unseen. */
const INTERVAL_BYTES = 64;
/** Files of ours, as the profile names them. */
const OURS = /\/lib\/(client|core)\//;

interface Node {
  callFrame: { url: string; functionName: string };
  selfSize: number;
  children: Node[];
}

/** Bytes allocated by functions of some files while `frame` ran so often, by function. */
async function sample(session: Session, frame: () => void, files = OURS): Promise<Record<string, number>> {
  for (let index = 0; index < WARM_UP; index++) frame();
  await session.post("HeapProfiler.startSampling", {
    samplingInterval: INTERVAL_BYTES,
    // Without these, only what is still alive at the end is told.
    includeObjectsCollectedByMajorGC: true,
    includeObjectsCollectedByMinorGC: true,
  });
  for (let index = 0; index < FRAMES; index++) frame();
  const { profile } = (await session.post("HeapProfiler.stopSampling")) as unknown as {
    profile: { head: Node };
  };
  const bytes: Record<string, number> = {};
  const visit = ({ callFrame, selfSize, children }: Node): void => {
    if (files.test(callFrame.url) && selfSize > 0)
      bytes[callFrame.functionName] = (bytes[callFrame.functionName] ?? 0) + selfSize;
    children.forEach(visit);
  };
  visit(profile.head);
  return bytes;
}

function sum(bytes: Record<string, number>): number {
  return Object.values(bytes).reduce((total, size) => total + size, 0);
}

describe("a frame", () => {
  const session = new Session();
  beforeAll(() => session.connect());
  afterAll(() => session.disconnect());

  it("would be caught allocating, if it did", async () => {
    const kept: unknown[] = [];
    const frame = (): void => {
      kept[0] = allocate();
    };
    const bytes = await sample(session, frame, /\/(frame-allocations|allocating-frame)\./);
    expect(sum(bytes) / FRAMES).toBeGreaterThan(BOXED_BYTES_MAX);
  });

  it("allocates nothing while the layout follows or rests, the view turns and pages glide", async () => {
    // V8 decides anew for code that is loaded anew what it compiles into what, and boxes numbers that are handed
    // over in between. An object a frame would be in every round.
    let bytes = await sample(session, await loadFrame());
    for (let round = 1; round < ROUNDS_MAX && sum(bytes) / FRAMES >= BOXED_BYTES_MAX; round++)
      bytes = await sample(session, await loadFrame());
    expect(sum(bytes) / FRAMES, JSON.stringify(bytes)).toBeLessThan(BOXED_BYTES_MAX);
  });
});

/** A frame of a session that turns, follows and glides, with its code loaded anew. */
async function loadFrame(): Promise<() => void> {
  vi.resetModules();
  const { createLayoutFrameState, layoutFrame, readHead, stepLayoutFrame } = await import(
    "#lib/client/xr/panel/layout-frame.ts"
  );
  const { applyPose } = await import("#lib/client/xr/panel/panel-frame.ts");
  const { createScreenLook, stepLook } = await import("#lib/client/xr/screen-look.ts");
  const { createMomentum, stepMomentum } = await import("#lib/core/surfaces/scroll-momentum.ts");
  const camera = new PerspectiveCamera();
  const look = createScreenLook();
  const state = createLayoutFrameState();
  const momentum = createMomentum();
  const poses = Array.from({ length: 8 }, (_, index) => ({ ...DEFAULT_POSE, azimuthDeg: index * 40 }));
  const input: LayoutFrameInput = { follows: true, poses, reducedMotion: false };
  let frames = 0;
  return () => {
    frames += 1;
    look.targetYaw = Math.sin(frames / 50) * 2;
    stepLook(look, camera, 1 / 90, false);
    readHead(camera);
    input.follows = frames % 400 < 200;
    stepLayoutFrame(state, input, 1 / 90);
    applyPose(layoutFrame, DEFAULT_POSE);
    if (frames % 300 === 0) momentum.velocity = 2000;
    stepMomentum(momentum, 11);
  };
}
