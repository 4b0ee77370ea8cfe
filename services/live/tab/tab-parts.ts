import { dispatchInput } from "#services/live/input/dispatch-input.ts";
import { applyView } from "#services/live/page-state/apply-view.ts";
import { navigate } from "#services/live/page-state/navigate.ts";
import { watchPageState } from "#services/live/page-state/watch-page-state.ts";
import { streamFrames } from "#services/live/stream/stream-frames.ts";
import type { CreateTabPart } from "#services/live/tab/tab-host.ts";

/** What a tab is made of, in the order in which each is prepared and given messages. */
export const TAB_PARTS: readonly CreateTabPart[] = [
  applyView,
  dispatchInput,
  navigate,
  watchPageState,
  streamFrames,
];
