import { uniformScreen } from "#lib/core/live/uniform-screen.ts";
import { getLayoutTurns } from "#services/live/tab/layout-turns.ts";
import type { LiveView, TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/**
 * Lays the page out for the client's panel: size, density, kind of device, theme. The view is as many pixels large
 * as the panel and the page is scaled up into it, so that captured frames have every pixel, and a screenshot, which
 * would enlarge the view for its time and turn presses aside, finds it as it wants it.
 */
export async function applyView({ cdp, getView }: TabHost): Promise<TabPart> {
  const turns = getLayoutTurns(cdp);
  let metrics = "";
  let media = "";
  let mode = "";
  await apply(false);

  /** Tells Chromium what is new of it; the layout also where it has gone back to an older one. */
  function apply(isAgain: boolean): Promise<unknown> {
    const { viewport, device, zoom } = getView();
    const width = Math.round(viewport.width / zoom);
    const height = Math.round(viewport.height / zoom);
    const density = viewport.dpr * zoom;
    const told: Promise<unknown>[] = [];
    const nextMetrics = metricsKey({ viewport, device, zoom });
    if (nextMetrics !== metrics || isAgain) {
      told.push(
        cdp.send("Emulation.setDeviceMetricsOverride", {
          width,
          height,
          deviceScaleFactor: density,
          mobile: device.mode === "mobile",
          ...uniformScreen({ width, height }, device.mode),
          positionX: 0,
          positionY: 0,
          scale: density,
          dontSetVisibleSize: true,
        }),
        cdp.send("Emulation.setVisibleSize", {
          width: Math.round(viewport.width * viewport.dpr),
          height: Math.round(viewport.height * viewport.dpr),
        }),
      );
    }
    // Setting it anew takes away fingers that are on the page.
    if (device.mode !== mode) {
      const enabled = device.mode === "mobile";
      told.push(cdp.send("Emulation.setTouchEmulationEnabled", { enabled }));
    }
    const nextMedia = mediaKey({ device });
    if (nextMedia !== media) {
      const features = [
        { name: "prefers-color-scheme", value: device.dark ? "dark" : "light" },
        { name: "prefers-reduced-motion", value: device.reducedMotion ? "reduce" : "no-preference" },
      ];
      told.push(cdp.send("Emulation.setEmulatedMedia", { features }));
    }
    metrics = nextMetrics;
    media = nextMedia;
    mode = device.mode;
    return Promise.all(told);
  }

  return {
    viewChanged(view) {
      // Where it is looked at from, which changes often, is nothing to Chromium.
      if (metricsKey(view) !== metrics || mediaKey(view) !== media) turns.change(apply);
    },
  };
}

function metricsKey({ viewport, device, zoom }: Pick<LiveView, "viewport" | "device" | "zoom">): string {
  return JSON.stringify([viewport, device.mode, zoom]);
}

function mediaKey({ device }: Pick<LiveView, "device">): string {
  return JSON.stringify([device.dark, device.reducedMotion]);
}
