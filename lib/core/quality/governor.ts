import { chooseFrameRate, lowerFrameRate, sortedRates } from "#lib/core/quality/frame-rate.ts";
import { QUALITY_LEVELS } from "#lib/core/quality/quality-levels.ts";

/** What the room draws by. One object for the life of a governor: its fields change, it does not. */
export interface Quality {
  /** Index into `QUALITY_LEVELS`, 0 the best. */
  level: number;
  textureScale: number;
  tileBudgetBytes: number;
  farPanelHz: number;
  environmentDetail: 0 | 1 | 2;
  /** To ask the session for; null where the device offers no choice. */
  frameRate: number | null;
  /** Fixed foveation, 0 none to 1 most. */
  foveation: number;
}

export interface GovernorOptions {
  /** `XRSession.supportedFrameRates`; null on a screen or where it is missing. */
  frameRates: Iterable<number> | null | undefined;
  /** What frames are held against where the device offers no choice of rate. */
  displayHz?: number;
  /** Whether a panel of text is in view at the start. */
  textInView?: boolean;
}

export interface GovernorScene {
  /** A panel of text is in view: its edges must not blur. */
  textInView: boolean;
}

export interface Governor {
  readonly quality: Quality;
  readonly rates: readonly number[];
  displayHz: number;
  /** Frames missed of late, fading. */
  misses: number;
  /** Frames are not judged until this has passed: a change of level costs some itself. */
  settleMs: number;
  calmMs: number;
  /** How long it must stay calm before the next step up. Doubles when a step up did not hold. */
  calmNeededMs: number;
  /** Since the last step up; large when there was none. */
  sinceRaisedMs: number;
  /** How long frames have been missed with nothing left to give up but the frame rate. */
  strugglingMs: number;
  /** Since text was last in view. */
  withoutTextMs: number;
}

/** Thresholds in one place. Four misses within about half a second is a visible stutter; one alone is not. */
const MISSES_TO_LOWER = 4;
const MISSES_TO_STAY_CALM = 1.5;
/** So that one long pause, as when a page is decoded, is no reason to draw worse. */
const MISSES_PER_FRAME_MAX = 2;
const FADE_MS = 500;
const SETTLE_MS = 500;
const START_MS = 1500;
const CALM_MS = 5000;
const CALM_MS_MAX = 80_000;
/** A step up that is taken back within this did not hold. */
const TRIAL_MS = 10_000;
const STRUGGLE_MS = 3000;
/** A longer gap is no slow frame: the session was paused, the headset taken off, the tab hidden. */
const GAP_MS = 250;
const WITHOUT_TEXT_MS = 1000;

export function createGovernor({ frameRates, displayHz = 60, textInView = true }: GovernorOptions): Governor {
  const frameRate = chooseFrameRate(frameRates);
  const [best] = QUALITY_LEVELS;
  const governor: Governor = {
    quality: {
      level: 0,
      textureScale: best.textureScale,
      tileBudgetBytes: best.tileBudgetBytes,
      farPanelHz: best.farPanelHz,
      environmentDetail: best.environmentDetail,
      frameRate,
      foveation: 0,
    },
    rates: sortedRates(frameRates),
    displayHz,
    misses: 0,
    settleMs: START_MS,
    calmMs: 0,
    calmNeededMs: CALM_MS,
    sinceRaisedMs: Number.MAX_VALUE,
    strugglingMs: 0,
    withoutTextMs: textInView ? 0 : WITHOUT_TEXT_MS,
  };
  applyLevel(governor, 0);
  return governor;
}

/**
 * Takes the time since the last frame and says how to draw the next ones. Goes down a
 * level within half a second of stutter, up only after seconds of calm, and waits twice
 * as long each time a step up did not hold, so it never swings. At the lowest level,
 * frames missed for three seconds lower the frame rate, which then stays for the
 * session: headsets blank the picture when it changes. Allocates nothing.
 */
export function stepGovernor(
  governor: Governor,
  frameMs: number,
  scene: Readonly<GovernorScene>,
): Readonly<Quality> {
  if (!(frameMs > 0) || frameMs > GAP_MS) {
    governor.misses = 0;
    governor.calmMs = 0;
    governor.settleMs = SETTLE_MS;
    return governor.quality;
  }
  followText(governor, frameMs, scene.textInView);
  if (governor.sinceRaisedMs < TRIAL_MS) governor.sinceRaisedMs += frameMs;
  if (governor.settleMs > 0) {
    governor.settleMs -= frameMs;
    return governor.quality;
  }

  const periodMs = 1000 / (governor.quality.frameRate ?? governor.displayHz);
  const missed =
    frameMs > periodMs * 1.5 ? Math.min(MISSES_PER_FRAME_MAX, Math.round(frameMs / periodMs) - 1) : 0;
  governor.misses = governor.misses * Math.exp(-frameMs / FADE_MS) + missed;

  if (governor.misses >= MISSES_TO_LOWER) {
    lower(governor, frameMs);
    return governor.quality;
  }
  governor.calmMs = governor.misses < MISSES_TO_STAY_CALM ? governor.calmMs + frameMs : 0;
  if (governor.misses < MISSES_TO_STAY_CALM) governor.strugglingMs = 0;
  if (governor.calmMs >= governor.calmNeededMs) raise(governor);
  return governor.quality;
}

function lower(governor: Governor, frameMs: number): void {
  const { quality } = governor;
  governor.calmMs = 0;
  if (quality.level < QUALITY_LEVELS.length - 1) {
    const failedTrial = governor.sinceRaisedMs < TRIAL_MS;
    governor.calmNeededMs = failedTrial ? Math.min(CALM_MS_MAX, governor.calmNeededMs * 2) : CALM_MS;
    governor.sinceRaisedMs = Number.MAX_VALUE;
    applyLevel(governor, quality.level + 1);
    governor.misses = 0;
    governor.settleMs = SETTLE_MS;
    return;
  }
  governor.strugglingMs += frameMs;
  if (governor.strugglingMs < STRUGGLE_MS || quality.frameRate === null) return;
  quality.frameRate = lowerFrameRate(governor.rates, quality.frameRate);
  governor.strugglingMs = 0;
  governor.misses = 0;
  governor.settleMs = START_MS;
}

function raise(governor: Governor): void {
  governor.calmMs = 0;
  if (governor.quality.level === 0) return;
  // The last step up held for its whole trial: the usual wait is enough again.
  if (governor.sinceRaisedMs >= TRIAL_MS && governor.sinceRaisedMs < Number.MAX_VALUE) {
    governor.calmNeededMs = CALM_MS;
  }
  governor.sinceRaisedMs = 0;
  governor.settleMs = SETTLE_MS;
  applyLevel(governor, governor.quality.level - 1);
}

function followText(governor: Governor, frameMs: number, textInView: boolean): void {
  if (textInView) governor.withoutTextMs = 0;
  else if (governor.withoutTextMs < WITHOUT_TEXT_MS) governor.withoutTextMs += frameMs;
  const level = QUALITY_LEVELS[governor.quality.level] ?? QUALITY_LEVELS[0];
  // Text that comes back is sharp at once; a glance aside does not switch to and fro.
  const hasText = governor.withoutTextMs < WITHOUT_TEXT_MS;
  governor.quality.foveation = hasText ? level.foveationWithText : level.foveationWithoutText;
}

function applyLevel(governor: Governor, index: number): void {
  const level = QUALITY_LEVELS[index] ?? QUALITY_LEVELS[0];
  const { quality } = governor;
  quality.level = index;
  quality.textureScale = level.textureScale;
  quality.tileBudgetBytes = level.tileBudgetBytes;
  quality.farPanelHz = level.farPanelHz;
  quality.environmentDetail = level.environmentDetail;
  const hasText = governor.withoutTextMs < WITHOUT_TEXT_MS;
  quality.foveation = hasText ? level.foveationWithText : level.foveationWithoutText;
}
