import type { Page } from "playwright-core";

export interface FramesToTime {
  frames: number;
  runs: number;
  /** Leaves the draw calls out, which are the processor's here and a graphics chip's elsewhere. */
  isStubbed: boolean;
}

/** Milliseconds of JavaScript in a frame of a room with `?audit=manual`, median of some runs, after as many frames again. */
export function timeFrames(page: Page, options: FramesToTime): Promise<number> {
  return page.evaluate(({ frames, runs, isStubbed }) => {
    const { prototype } = WebGL2RenderingContext;
    const real = {
      elements: prototype.drawElements,
      instanced: prototype.drawElementsInstanced,
      arrays: prototype.drawArrays,
    };
    if (isStubbed) {
      prototype.drawElements = () => {};
      prototype.drawElementsInstanced = () => {};
      prototype.drawArrays = () => {};
    }
    const times: number[] = [];
    window.__quiAudit?.advance(frames);
    for (let run = 0; run < runs; run++) {
      const from = performance.now();
      window.__quiAudit?.advance(frames);
      times.push((performance.now() - from) / frames);
    }
    prototype.drawElements = real.elements;
    prototype.drawElementsInstanced = real.instanced;
    prototype.drawArrays = real.arrays;
    return times.sort((a, b) => a - b)[runs >> 1] ?? 0;
  }, options);
}
