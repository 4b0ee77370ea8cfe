import { askChoices } from "#services/live/features/ask-choices.ts";
import { askCredentials } from "#services/live/features/ask-credentials.ts";
import { askPermissions } from "#services/live/features/ask-permissions.ts";
import { chooseFiles } from "#services/live/features/choose-files.ts";
import { findInPage } from "#services/live/features/find-in-page.ts";
import { makeThings } from "#services/live/features/make-things.ts";
import { offerDownloads } from "#services/live/features/offer-downloads.ts";
import { offerWindows } from "#services/live/features/offer-windows.ts";
import { takeAnswers } from "#services/live/features/questions.ts";
import { showDialogs } from "#services/live/features/show-dialogs.ts";
import { showIcon } from "#services/live/features/show-icon.ts";
import { takeDrops } from "#services/live/features/take-drops.ts";
import { tellPageFacts } from "#services/live/features/tell-page-facts.ts";
import { tellSecurity } from "#services/live/features/tell-security.ts";
import type { CreateTabPart } from "#services/live/tab/tab-host.ts";

/** What a page shows or wants besides its picture. */
export const FEATURE_PARTS: readonly CreateTabPart[] = [
  takeAnswers,
  tellPageFacts,
  tellSecurity,
  showIcon,
  askChoices,
  askCredentials,
  askPermissions,
  showDialogs,
  chooseFiles,
  takeDrops,
  offerWindows,
  offerDownloads,
  findInPage,
  makeThings,
];
