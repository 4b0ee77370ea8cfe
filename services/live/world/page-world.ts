import type { CDPSession, Frame } from "playwright-core";
import type { TabHost } from "#services/live/tab/tab-host.ts";
import { type PageReport, pageReportSchema } from "#services/live/world/page-report.ts";
import { WORLD_SOURCE } from "#services/live/world/world-source.ts";

/** Of the isolated world and of its one way out. Neither exists in the page's own world. */
const WORLD = "qui";
const BINDING = "quiReport";
const REPORT_BYTES_MAX = 2_000_000;
/** Reports of one tab in one second; a person causes a tenth of them. */
const REPORTS_MAX = 300;
const CALL_WAIT_MS = 3_000;

/** One document of the page, in the process it lives in. */
export interface WorldFrame {
  session: CDPSession;
  contextId: number;
  frameId: string;
  /** Of the process's topmost frame; null in the page's own process. */
  root: Frame | null;
  isMain: boolean;
}

/** A function of the world and what it is given. */
export interface WorldCall {
  name: string;
  args: readonly unknown[];
}

/** Qui's own script beside the page's: in every frame, seen by none of them. */
export interface PageWorld {
  /** Hears the checked reports of all frames, for as long as the tab lives. */
  listen(listener: (report: PageReport, frame: WorldFrame) => void): void;
  /** @throws Error when the frame is gone or does not answer in time. The result is the page's: check it. */
  call(frame: WorldFrame, call: WorldCall, waitMs?: number): Promise<unknown>;
  /**
   * In `frame`, given the element there that holds the document of `inner`.
   * @throws Error as well when no element of it does.
   */
  callWithOwner(frame: WorldFrame, inner: WorldFrame, name: string): Promise<unknown>;
  /** In the frame that has the focus. */
  callFocused(call: WorldCall, waitMs?: number): Promise<unknown>;
  /** The one that has the focus, or the page's own. */
  focusedFrame(): WorldFrame | undefined;
  main(): WorldFrame | undefined;
  frames(): readonly WorldFrame[];
  /** Where a frame's own corner stands in the page's viewport, in CSS pixels. */
  cornerOf(frame: WorldFrame): Promise<{ x: number; y: number }>;
}

const worlds = new WeakMap<TabHost, Promise<PageWorld>>();

/** The tab's one world, set up by the first part that asks for it. */
export function getPageWorld(host: TabHost): Promise<PageWorld> {
  let world = worlds.get(host);
  if (!world) {
    world = createPageWorld(host);
    worlds.set(host, world);
  }
  return world;
}

async function createPageWorld({ cdp, page, context }: TabHost): Promise<PageWorld> {
  const listeners: ((report: PageReport, frame: WorldFrame) => void)[] = [];
  const frames = new Map<CDPSession, Map<number, WorldFrame>>();
  let mainFrameId = "";
  let focused: WorldFrame | undefined;
  let budget = { second: 0, left: REPORTS_MAX };

  function receive(payload: string, frame: WorldFrame): void {
    const second = Math.floor(Date.now() / 1000);
    if (budget.second !== second) budget = { second, left: REPORTS_MAX };
    budget.left -= 1;
    if (budget.left < 0 || payload.length > REPORT_BYTES_MAX) return;
    const report = pageReportSchema.safeParse(parseJson(payload));
    if (!report.success) return;
    if (report.data.kind === "field") {
      if (report.data.field) focused = frame;
      else if (focused && focused !== frame) return;
    }
    for (const listener of listeners) listener(report.data, frame);
  }

  async function attach(session: CDPSession, root: Frame | null): Promise<void> {
    const known = new Map<number, WorldFrame>();
    frames.set(session, known);
    session.on("Runtime.executionContextCreated", ({ context: { id, name, auxData } }) => {
      if (name !== WORLD) return;
      const frameId = String((auxData as { frameId?: unknown } | undefined)?.frameId ?? "");
      known.set(id, {
        session,
        contextId: id,
        frameId,
        root,
        isMain: root === null && frameId === mainFrameId,
      });
    });
    session.on("Runtime.executionContextDestroyed", ({ executionContextId }) => {
      if (focused === known.get(executionContextId)) focused = undefined;
      known.delete(executionContextId);
    });
    session.on("Runtime.executionContextsCleared", () => known.clear());
    session.on("Runtime.bindingCalled", ({ name, payload, executionContextId }) => {
      const frame = known.get(executionContextId);
      if (name === BINDING && frame) receive(payload, frame);
    });
    await session.send("Page.enable");
    if (!root) mainFrameId = (await session.send("Page.getFrameTree")).frameTree.frame.id;
    await session.send("Runtime.enable");
    await session.send("Runtime.addBinding", { name: BINDING, executionContextName: WORLD });
    await session.send("Page.addScriptToEvaluateOnNewDocument", {
      worldName: WORLD,
      source: WORLD_SOURCE,
      runImmediately: true,
    });
  }

  /** A frame of another site may live in a process of its own, which has a session of its own. */
  const attached = new WeakMap<Frame, CDPSession>();
  async function attachFrame(frame: Frame): Promise<void> {
    if (frame === page.mainFrame() || attached.has(frame)) return;
    const session = await context.newCDPSession(frame);
    attached.set(frame, session);
    session.once("close", () => {
      frames.delete(session);
      attached.delete(frame);
    });
    await attach(session, frame);
  }
  page.on("framenavigated", (frame) => {
    attachFrame(frame).catch(() => {
      // It shares its parent's process and session, or is gone already.
    });
  });
  await attach(cdp, null);
  for (const frame of page.frames()) {
    attachFrame(frame).catch(() => {
      // As above.
    });
  }

  const list = () => [...frames.values()].flatMap((known) => [...known.values()]);
  const main = () => list().find(({ isMain }) => isMain);

  async function call(frame: WorldFrame, { name, args }: WorldCall, waitMs = CALL_WAIT_MS): Promise<unknown> {
    const evaluation = frame.session.send("Runtime.evaluate", {
      expression: `qui.call(${JSON.stringify(name)}, ${JSON.stringify(args)})`,
      contextId: frame.contextId,
      returnByValue: true,
      awaitPromise: true,
      userGesture: true,
      timeout: waitMs,
    });
    const { result, exceptionDetails } = await within(evaluation, waitMs);
    if (exceptionDetails) throw new Error(`The page's world failed at ${name}: ${exceptionDetails.text}`);
    return result.value;
  }

  return {
    listen: (listener) => void listeners.push(listener),
    call,
    async callWithOwner({ session, contextId }, inner, name) {
      const { backendNodeId } = await session.send("DOM.getFrameOwner", { frameId: inner.frameId });
      const { object } = await session.send("DOM.resolveNode", {
        backendNodeId,
        executionContextId: contextId,
      });
      const { objectId = "" } = object;
      const evaluation = session.send("Runtime.callFunctionOn", {
        objectId,
        functionDeclaration: `function () { return qui.call(${JSON.stringify(name)}, [this]); }`,
        returnByValue: true,
      });
      const { result, exceptionDetails } = await within(evaluation, CALL_WAIT_MS);
      if (exceptionDetails) throw new Error(`The page's world failed at ${name}: ${exceptionDetails.text}`);
      return result.value;
    },
    callFocused(request, waitMs) {
      const frame = focused ?? main();
      return frame ? call(frame, request, waitMs) : Promise.reject(new Error("There is no page."));
    },
    focusedFrame: () => focused ?? main(),
    main,
    frames: list,
    async cornerOf({ session, frameId, root, isMain }) {
      if (isMain) return { x: 0, y: 0 };
      const outer = (root && (await (await root.frameElement()).boundingBox())) ?? { x: 0, y: 0 };
      const tree = await session.send("Page.getFrameTree");
      if (tree.frameTree.frame.id === frameId) return { x: outer.x, y: outer.y };
      const { backendNodeId } = await session.send("DOM.getFrameOwner", { frameId });
      const { model } = await session.send("DOM.getBoxModel", { backendNodeId });
      return { x: outer.x + (model.content[0] ?? 0), y: outer.y + (model.content[1] ?? 0) };
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Only a broken world could send this; the schema refuses null.
    return null;
  }
}

async function within<T>(work: Promise<T>, waitMs: number): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error("The page did not answer in time.")), waitMs);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}
