/** A size to capture at, and how many of its rows, from above, the view fills. */
export interface CaptureSize {
  width: number;
  height: number;
  filled: number;
}

/**
 * The size at which a view is captured about so wide: even both ways, as H.264 and halved colour want it. Chromium
 * fits the view in and makes that even too (`ComputeLetterboxRegionForI420`), so a size of another shape has
 * a black bar: here never at the side, and below it two rows at most, which are known.
 */
export function fitCapture(view: { width: number; height: number }, wantedWidth: number): CaptureSize {
  const width = Math.max(2, Math.round(wantedWidth / 2) * 2);
  const exact = (width * view.height) / view.width;
  return {
    width,
    height: Math.max(2, Math.ceil(exact / 2) * 2),
    filled: Math.max(2, Math.floor(exact / 2) * 2),
  };
}
