import { useEffect } from "react";
import { listenLiveKeys } from "#lib/client/room/live-keys.ts";
import { followLiveQuestions } from "#lib/client/room/live-questions.ts";
import { followLiveFields } from "#lib/client/room/live-text-entry.ts";

/** Typing into live pages, and answering what they ask. */
export function LiveInput() {
  useEffect(listenLiveKeys, []);
  useEffect(followLiveFields, []);
  useEffect(followLiveQuestions, []);
  return null;
}
