import type { ThreeEvent } from "@react-three/fiber";
import { useEffect, useMemo, useState } from "react";
import { Color, Quaternion, Vector3 } from "three";
import { useStore } from "zustand";
import { useChromeTheme } from "#components/room/chrome/use-chrome-theme.ts";
import { stirRoom } from "#lib/client/room/panel-activity.ts";
import { roomPartsStore } from "#lib/client/room/room-parts-store.ts";
import { browserStore } from "#lib/client/store/browser-store.ts";
import { announce } from "#lib/client/store/ui-store.ts";
import { createCardSheet } from "#lib/client/xr/labels/card-sheet.ts";
import { type CardLook, type CardText, paintPlate, paintTexts } from "#lib/client/xr/labels/paint-card.ts";
import { paintStar } from "#lib/client/xr/labels/paint-star.ts";
import { createThreadRibbons } from "#lib/client/xr/trail/thread-ribbons.ts";
import { createTransform, poseToTransform } from "#lib/core/layout/pose-transform.ts";
import { findPagePanel } from "#lib/core/space/session.ts";
import { layOutConstellation, STARS_MAX, type Star, starSentence } from "#lib/core/trackers/constellation.ts";
import type { TrackerReport } from "#lib/protocol/pages.ts";
import type { Pose } from "#lib/protocol/space.ts";

const CELL = { cellWidthPx: 420, cellHeightPx: 108 };
/** 10.5° at 1.45 m: a label is as wide as its place in the row. */
const LABEL_WIDTH_M = 0.27;
const HEADLINE_WIDTH_M = 0.36;
const LINE_WIDTH_M = 0.004;
const MARK_PX = 76;

const transform = createTransform();
const position = new Vector3();
const turn = new Quaternion();
const from = new Vector3();
const over = new Vector3();
const to = new Vector3();
const NOTHING: TrackerReport = { level: "standard", count: 0, entities: [], strippedParameters: 0 };

/** Who watches the page of one panel: a star for each owner, tied to the panel. Two draw calls. */
export function TrackerConstellation() {
  const panelId = useStore(roomPartsStore, (parts) => parts.constellationPanelId);
  const pose = useStore(browserStore, ({ session }) => findPagePanel(session, panelId)?.pose);
  const report = useStore(browserStore, ({ views }) => {
    const view = views[panelId ?? ""]?.view;
    return view?.status === "ready" ? view.page.trackers : NOTHING;
  });
  return panelId !== null && pose ? <Stars pose={pose} report={report} /> : null;
}

function Stars({ pose, report }: { pose: Pose; report: TrackerReport }) {
  const theme = useChromeTheme();
  const constellation = useMemo(() => layOutConstellation(report, pose), [report, pose]);
  const { stars, restCount, headline, headlineElevationDeg, distanceM } = constellation;
  // The last card is the headline; pointed at a star, it says the star's sentence.
  const sheet = useMemo(() => createCardSheet({ ...CELL, capacity: STARS_MAX + 1 }), []);
  const ribbons = useMemo(() => createThreadRibbons(STARS_MAX, LINE_WIDTH_M), []);
  useEffect(() => {
    return () => {
      sheet.dispose();
      ribbons.dispose();
      stirRoom();
    };
  }, [sheet, ribbons]);
  const [hovered, setHovered] = useState<number | null>(null);

  useEffect(() => {
    placeAt({ ...pose, elevationDeg: headlineElevationDeg, distanceM });
    from.copy(position).multiplyScalar(1.02);
    stars.forEach((star, index) => {
      placeAt({ ...pose, ...whereIs(star) });
      sheet.place(index, position, turn, LABEL_WIDTH_M);
      over.lerpVectors(from, position, 0.5).multiplyScalar(1.03);
      ribbons.set(index, from, over, to.copy(position).multiplyScalar(1.02), new Color(star.kind.color));
      sheet.paint(index, (context) => {
        const look: CardLook = {
          widthPx: CELL.cellWidthPx,
          heightPx: CELL.cellHeightPx,
          theme,
          isHovered: index === hovered,
        };
        paintPlate(context, look);
        paintStar(context, {
          x: MARK_PX * 0.62,
          y: CELL.cellHeightPx / 2,
          radiusPx: MARK_PX * 0.42 * star.size,
          shape: star.kind.shape,
          color: star.kind.color,
          outline: theme.surface,
        });
        paintTexts(context, starTexts(star, theme), { ...look, insetPx: MARK_PX });
      });
    });
    placeAt({ ...pose, elevationDeg: headlineElevationDeg, distanceM });
    const star = hovered === null ? undefined : stars[hovered];
    sheet.place(stars.length, position, turn, HEADLINE_WIDTH_M);
    sheet.paint(stars.length, (context) => {
      const look: CardLook = {
        widthPx: CELL.cellWidthPx,
        heightPx: CELL.cellHeightPx,
        theme,
        isHovered: false,
      };
      paintPlate(context, look);
      paintTexts(context, headlineTexts(star, { headline, restCount, report, theme }), look);
    });
    sheet.setCount(stars.length + 1);
    ribbons.setCount(stars.length);
    sheet.settle();
    stirRoom();
  }, [
    stars,
    restCount,
    headline,
    headlineElevationDeg,
    distanceM,
    report,
    pose,
    theme,
    hovered,
    sheet,
    ribbons,
  ]);

  useEffect(() => announce(headline), [headline]);
  const hover = (index: number | undefined) => {
    const star = index === undefined ? undefined : stars[index];
    const next = star && index !== undefined ? index : null;
    if (next === hovered) return;
    setHovered(next);
    if (star) announce(starSentence(star, report.level));
  };
  return (
    <>
      <primitive object={ribbons.mesh} dispose={null} />
      <primitive
        object={sheet.mesh}
        dispose={null}
        onPointerMove={({ instanceId }: ThreeEvent<PointerEvent>) => hover(instanceId)}
        onPointerLeave={() => hover(undefined)}
        onPointerDown={(event: ThreeEvent<PointerEvent>) => event.stopPropagation()}
      />
    </>
  );
}

interface Said {
  headline: string;
  restCount: number;
  report: TrackerReport;
  theme: { ink: string; muted: string };
}

function headlineTexts(star: Star | undefined, { headline, restCount, report, theme }: Said): CardText[] {
  if (star) return [{ text: starSentence(star, report.level), sizePx: 22, color: theme.ink, linesMax: 3 }];
  const detail = restCount > 0 ? `The largest are shown, and ${restCount} more` : "Point at one to read more";
  return [
    { text: headline, sizePx: 24, weight: 600, color: theme.ink, linesMax: 2 },
    ...(report.entities.length > 0 ? [{ text: detail, sizePx: 20, color: theme.muted }] : []),
  ];
}

function starTexts(star: Star, theme: { ink: string; muted: string }): CardText[] {
  return [
    { text: star.name, sizePx: 29, weight: 600, color: theme.ink },
    { text: `${star.count} · ${star.kind.label}`, sizePx: 24, color: theme.muted },
  ];
}

/** Leaves a pose's place and turn in `position` and `turn`. */
function placeAt(pose: Pose): void {
  poseToTransform(pose, transform);
  position.fromArray(transform.position);
  turn.fromArray(transform.orientation);
}

function whereIs({ azimuthDeg, elevationDeg, distanceM }: Star) {
  return { azimuthDeg, elevationDeg, distanceM };
}
