import { uniformScreen } from "#lib/core/live/uniform-screen.ts";
import type { LiveView, TabHost, TabPart } from "#services/live/tab/tab-host.ts";

/**
 * Lays the page out for the client's panel: size, density, kind of device, theme. The view is as many pixels large
 * as the panel and the page is scaled up into it, so that captured frames have every pixel, and a screenshot, which
 * would enlarge the view for its time and turn presses aside, finds it as it wants it.
 */
export async function applyView({ cdp, getView }: TabHost): Promise<TabPart> {
  await setMetrics(getView());

  function setMetrics({ viewport, device, zoom }: LiveView, before?: LiveView): Promise<unknown> {
    const width = Math.round(viewport.width / zoom);
    const height = Math.round(viewport.height / zoom);
    return Promise.all([
      cdp.send("Emulation.setDeviceMetricsOverride", {
        width,
        height,
        deviceScaleFactor: viewport.dpr * zoom,
        mobile: device.mode === "mobile",
        ...uniformScreen({ width, height }, device.mode),
        positionX: 0,
        positionY: 0,
        scale: viewport.dpr * zoom,
        dontSetVisibleSize: true,
      }),
      cdp.send("Emulation.setVisibleSize", {
        width: Math.round(viewport.width * viewport.dpr),
        height: Math.round(viewport.height * viewport.dpr),
      }),
      // Setting it anew takes away fingers that are on the page.
      device.mode !== before?.device.mode &&
        cdp.send("Emulation.setTouchEmulationEnabled", { enabled: device.mode === "mobile" }),
      cdp.send("Emulation.setEmulatedMedia", {
        features: [
          { name: "prefers-color-scheme", value: device.dark ? "dark" : "light" },
          { name: "prefers-reduced-motion", value: device.reducedMotion ? "reduce" : "no-preference" },
        ],
      }),
    ]);
  }

  return {
    viewChanged(view, before) {
      setMetrics(view, before).catch(() => {
        // The page is gone; its own event ends the tab.
      });
    },
  };
}
