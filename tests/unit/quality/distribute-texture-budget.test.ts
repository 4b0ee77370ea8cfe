import { describe, expect, it } from "vitest";
import {
  distributeTextureBudget,
  panelTextureBytes,
  type TexturedPanel,
} from "#lib/core/quality/distribute-texture-budget.ts";
import { TILE_BUDGET_BYTES_MAX } from "#lib/core/quality/quality-levels.ts";
import { createRandom } from "../../fixtures/random.ts";

const panel = (change: Partial<TexturedPanel>): TexturedPanel => ({
  id: "a",
  // 1000 × 800 CSS pixels at 26.7 to a degree, as the default pose shows them.
  angularAreaDeg2: (1000 / 26.7) * (800 / 26.7),
  focused: false,
  visible: true,
  cssWidth: 1000,
  cssHeight: 800,
  ...change,
});
const eight = Array.from({ length: 8 }, (_, index) => panel({ id: `p${index}`, focused: index === 3 }));
const total = (shares: Map<string, { bytes: number }>) =>
  [...shares.values()].reduce((sum, { bytes }) => sum + bytes, 0);

describe("the texture budget", () => {
  it("holds eight panels, each at least as sharp as its CSS pixels, in 96 MiB", () => {
    const shares = distributeTextureBudget(eight, TILE_BUDGET_BYTES_MAX);
    expect(total(shares)).toBeLessThanOrEqual(TILE_BUDGET_BYTES_MAX);
    for (const { scale } of shares.values()) expect(scale).toBeGreaterThanOrEqual(1);
  });

  it("counts the rows in view, the cut one, two more and the mipmaps", () => {
    expect(panelTextureBytes({ cssWidth: 100, cssHeight: 256 }, 1, 256)).toBe(
      Math.ceil(100 * 4 * 256 * 4 * (4 / 3)),
    );
  });

  it("holds eight live pages as well, each one picture without rows around it", () => {
    const live = eight.map((each) => ({ ...each, streamed: true }));
    const shares = distributeTextureBudget(live, TILE_BUDGET_BYTES_MAX);
    expect(total(shares)).toBeLessThanOrEqual(TILE_BUDGET_BYTES_MAX);
    for (const { scale } of shares.values()) expect(scale).toBeGreaterThanOrEqual(1);
    expect(panelTextureBytes({ cssWidth: 100, cssHeight: 200, streamed: true }, 2)).toBe(
      Math.ceil(200 * 400 * 4 * (4 / 3)),
    );
  });

  it("serves the focused panel first", () => {
    const share = distributeTextureBudget(eight, 60 * 1024 * 1024);
    const focused = share.get("p3")?.scale ?? 0;
    for (const [id, { scale }] of share) if (id !== "p3") expect(scale).toBeLessThan(focused);
  });

  it("gives no more than the display can show", () => {
    const far = distributeTextureBudget([panel({ angularAreaDeg2: 100 })], TILE_BUDGET_BYTES_MAX);
    expect(far.get("a")?.scale).toBe(0.5);
    const near = distributeTextureBudget([panel({ angularAreaDeg2: 60 * 48 })], TILE_BUDGET_BYTES_MAX);
    expect(near.get("a")?.scale).toBe(2);
  });

  it("lets hidden panels keep the least, and nothing when memory is short", () => {
    const panels = [panel({ id: "seen", focused: true }), panel({ id: "hidden", visible: false })];
    expect(distributeTextureBudget(panels, TILE_BUDGET_BYTES_MAX).get("hidden")?.scale).toBe(0.5);
    const least = panelTextureBytes(panel({}), 0.5);
    expect(distributeTextureBudget(panels, least).get("hidden")).toEqual({ scale: 0, bytes: 0 });
    expect(distributeTextureBudget(panels, least).get("seen")).toEqual({ scale: 0.5, bytes: least });
  });

  it("never exceeds the budget and does not depend on the order of panels", () => {
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = createRandom(seed);
      const panels = Array.from({ length: 1 + Math.floor(random() * 16) }, (_, index) =>
        panel({
          id: `p${index}`,
          angularAreaDeg2: random() * 3000,
          focused: index === 0,
          visible: random() < 0.7,
          cssWidth: 300 + random() * 1500,
          cssHeight: 300 + random() * 1500,
        }),
      );
      const budget = random() * 128 * 1024 * 1024;
      const options = { textureScale: 0.5 + random() / 2, tileHeightPx: random() < 0.5 ? 256 : 512 };
      const shares = distributeTextureBudget(panels, budget, options);
      expect(total(shares)).toBeLessThanOrEqual(budget);
      const reversed = distributeTextureBudget([...panels].reverse(), budget, options);
      expect(Object.fromEntries(reversed)).toEqual(Object.fromEntries(shares));
      expect(shares.size).toBe(panels.length);
    }
  });
});
