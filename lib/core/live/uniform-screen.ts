import type { LiveViewport } from "#lib/protocol/live-session.ts";

/** CSS pixels. Common sizes, so that a page learns in which of few sizes a panel fits and never what screen it is on. */
const SCREENS = {
  desktop: [
    [1366, 768],
    [1920, 1080],
    [2560, 1440],
    [3840, 2400],
  ],
  mobile: [
    [360, 800],
    [412, 915],
    [820, 1180],
    [1024, 1366],
  ],
} as const;

/** The smallest screen a viewport of this size fits on; the largest for those that fit on none. */
export function uniformScreen(
  { width, height }: Pick<LiveViewport, "width" | "height">,
  mode: "desktop" | "mobile",
): { screenWidth: number; screenHeight: number } {
  const isTurned = mode === "mobile" && width > height;
  const [across, down] = isTurned ? [height, width] : [width, height];
  const screens = SCREENS[mode];
  const [screenWidth, screenHeight] =
    screens.find(([w, h]) => across <= w && down <= h) ?? screens[screens.length - 1] ?? screens[0];
  return isTurned ? { screenWidth: screenHeight, screenHeight: screenWidth } : { screenWidth, screenHeight };
}

const DENSITIES = [0.5, 0.75, 1, 1.25, 1.5, 1.75, 2, 2.5, 3, 3.5, 4] as const;

/** The nearest density that devices are made with: one in between is somebody's own zoom. */
export function uniformDensity(dpr: number): number {
  return DENSITIES.reduce((best, density) =>
    Math.abs(density - dpr) < Math.abs(best - dpr) ? density : best,
  );
}
