import { askChoices } from "#services/live/features/ask-choices.ts";
import { findInPage } from "#services/live/features/find-in-page.ts";
import { takeAnswers } from "#services/live/features/questions.ts";
import { showDialogs } from "#services/live/features/show-dialogs.ts";
import { tellPageFacts } from "#services/live/features/tell-page-facts.ts";
import type { CreateTabPart } from "#services/live/tab/tab-host.ts";

/** What a page shows or wants besides its picture. */
export const FEATURE_PARTS: readonly CreateTabPart[] = [
  takeAnswers,
  tellPageFacts,
  askChoices,
  showDialogs,
  findInPage,
];
