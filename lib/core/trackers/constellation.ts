import { angularHeightDeg, angularWidthDeg } from "#lib/core/layout/panel-shape.ts";
import type { TrackerReport } from "#lib/protocol/pages.ts";
import type { Pose } from "#lib/protocol/space.ts";

/** Marks differ in shape as well as in colour, so that nobody needs to tell colours apart. */
export type StarShape = "circle" | "square" | "triangle" | "diamond" | "pentagon";

export interface StarKind {
  label: string;
  shape: StarShape;
  /** `#rrggbb`: of Okabe and Ito's palette (2008), told apart with every common colour vision. */
  color: string;
}

const KINDS: Readonly<Record<string, StarKind>> = {
  ad: { label: "advertising", shape: "circle", color: "#e69f00" },
  analytics: { label: "analytics", shape: "square", color: "#56b4e9" },
  social: { label: "social networks", shape: "triangle", color: "#cc79a7" },
  marketing: { label: "marketing", shape: "diamond", color: "#d55e00" },
};
const OTHER: StarKind = { label: "other purposes", shape: "pentagon", color: "#009e73" };

export function starKind(category: string): StarKind {
  // Tag managers bring the others along; to a reader they are part of analytics.
  return KINDS[category === "tag-manager" ? "analytics" : category] ?? OTHER;
}

export interface Star {
  name: string;
  count: number;
  kind: StarKind;
  /** 0.35 to 1, by the square root of the count, so that areas compare. */
  size: number;
  /** In the layout frame, degrees and metres. */
  azimuthDeg: number;
  elevationDeg: number;
  distanceM: number;
}

export interface Constellation {
  stars: readonly Star[];
  /** Owners beyond the largest, that are only counted. */
  restCount: number;
  headline: string;
  /** Where the headline stands, above the stars and as far away. */
  headlineElevationDeg: number;
  distanceM: number;
}

export const STARS_MAX = 16;
const STEP_DEG = 11.5;
const ROW_DEG = 6.5;
/** Of the headline's middle below the panel's upper edge. */
const HEADLINE_DEG = 4;
/** Before the page, so that it is clear whose watchers they are, and they are seen without looking up. */
const NEARER_M = 0.2;

/**
 * Who would have watched the page, hanging before its panel: a headline at the top, the
 * largest owners below it in rows as wide as the panel.
 */
export function layOutConstellation({ entities, count, level }: TrackerReport, panel: Pose): Constellation {
  const largest = entities.toSorted((a, b) => b.count - a.count || (a.name < b.name ? -1 : 1));
  const shown = largest.slice(0, STARS_MAX);
  const most = shown[0]?.count ?? 1;
  const perRow = Math.max(2, Math.round(angularWidthDeg(panel) / STEP_DEG));
  const headlineElevationDeg = panel.elevationDeg + angularHeightDeg(panel) / 2 - HEADLINE_DEG;
  const distanceM = Math.max(0.5, panel.distanceM - NEARER_M);
  const stars = shown.map((entity, index): Star => {
    const row = Math.floor(index / perRow);
    const inRow = Math.min(perRow, shown.length - row * perRow);
    const place = (index % perRow) - (inRow - 1) / 2;
    return {
      name: entity.name,
      count: entity.count,
      kind: starKind(entity.category),
      size: Math.max(0.35, Math.sqrt(entity.count / most)),
      azimuthDeg: panel.azimuthDeg + place * STEP_DEG,
      // The ends of a row hang a little, as a garland does.
      elevationDeg: headlineElevationDeg - (row + 1) * ROW_DEG - Math.abs(place) * 0.5,
      distanceM,
    };
  });
  return {
    stars,
    restCount: largest.length - shown.length,
    headline: headlineOf(count, largest.length, level),
    headlineElevationDeg,
    distanceM,
  };
}

/** What pointing at a star says. */
export function starSentence(
  { name, count, kind }: Pick<Star, "name" | "count" | "kind">,
  level: TrackerReport["level"],
): string {
  const requests = count === 1 ? "one reference" : `${count} references`;
  const became =
    level === "off"
      ? "The reader runs no scripts, so none reached your device."
      : "None reached your device.";
  return `${name}: ${requests}, for ${kind.label}. ${became}`;
}

function headlineOf(count: number, owners: number, level: TrackerReport["level"]): string {
  if (count === 0 || owners === 0) return "Nobody was found watching";
  const watchers = owners === 1 ? "One company" : `${owners} companies`;
  return level === "off" ? `${watchers} would watch this page` : `${watchers} kept away from this page`;
}
