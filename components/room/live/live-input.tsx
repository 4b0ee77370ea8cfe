import { useEffect } from "react";
import { announceLiveFeatures } from "#lib/client/room/live-announcements.ts";
import { listenLiveKeys } from "#lib/client/room/live-keys.ts";
import { followLiveQuestions } from "#lib/client/room/live-questions.ts";
import { followLiveFields } from "#lib/client/room/live-text-entry.ts";

/** Typing into live pages, answering what they ask, and telling what else they want. */
export function LiveInput() {
  useEffect(listenLiveKeys, []);
  useEffect(followLiveFields, []);
  useEffect(followLiveQuestions, []);
  useEffect(announceLiveFeatures, []);
  return null;
}
