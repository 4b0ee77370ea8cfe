import { FEATURE_PARTS } from "#services/live/features/feature-parts.ts";
import { INPUT_PARTS } from "#services/live/input/input-parts.ts";
import { applyView } from "#services/live/page-state/apply-view.ts";
import { forgetFirstBlank } from "#services/live/page-state/forget-first-blank.ts";
import { navigate } from "#services/live/page-state/navigate.ts";
import { restoreForm } from "#services/live/page-state/restore-form.ts";
import { watchPageState } from "#services/live/page-state/watch-page-state.ts";
import { guardTab } from "#services/live/privacy/guard-tab.ts";
import { tellProfile } from "#services/live/profiles/profile-hook.ts";
import { carrySound } from "#services/live/sound/carry-sound.ts";
import { streamPicture } from "#services/live/stream/stream-picture.ts";
import type { CreateTabPart } from "#services/live/tab/tab-host.ts";

/** What a tab is made of, in the order in which each is prepared and given messages. */
export const TAB_PARTS: readonly CreateTabPart[] = [
  forgetFirstBlank,
  guardTab,
  applyView,
  ...INPUT_PARTS,
  navigate,
  watchPageState,
  restoreForm,
  ...FEATURE_PARTS,
  tellProfile,
  streamPicture,
  carrySound,
];
