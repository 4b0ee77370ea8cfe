import { createStore } from "zustand/vanilla";
import { getLiveTab, listLiveTabs, watchLiveTabs } from "#lib/client/live/live-tab.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

type Ask = Extract<LiveServerMessage, { type: "ask" }>;

/** What a live page asks a person and nobody has answered yet. */
export interface OpenLiveQuestion {
  panelId: string;
  /** Of the tab: an answer names it. */
  id: number;
  question: Ask["question"];
}

/** Oldest first, over all tabs. Every view of a live page reads it, so that a question outlives a change of view. */
export const liveQuestionStore = createStore<{ open: readonly OpenLiveQuestion[] }>(() => ({ open: [] }));

/** More are dismissed unseen: a page must not bury a person in questions. */
const OPEN_MAX = 16;
const followed = new Map<string, () => void>();
let hasStarted = false;

/** Listens to all live tabs from now on, for the life of the window. Idempotent. */
export function startLiveQuestions(): void {
  if (hasStarted) return;
  hasStarted = true;
  for (const { panelId } of listLiveTabs()) follow(panelId);
  watchLiveTabs(follow);
}

/** Answers and forgets a question. Null dismisses it. */
export function answerLiveQuestion(
  { panelId, id }: Pick<OpenLiveQuestion, "panelId" | "id">,
  answer: Extract<LiveClientMessage, { type: "answer" }>["answer"],
): void {
  forget(panelId, id);
  getLiveTab(panelId)?.send({ type: "answer", id, answer });
}

function follow(panelId: string): void {
  followed.get(panelId)?.();
  followed.delete(panelId);
  const tab = getLiveTab(panelId);
  if (!tab) return;
  const stopMessages = tab.onMessage((message) => {
    if (message.type === "ask") add({ panelId, id: message.id, question: message.question });
    else if (message.type === "asked") forget(panelId, message.id);
    else if (message.type === "ended") forget(panelId);
  });
  followed.set(panelId, () => {
    stopMessages();
    // A tab that only left the list would wait for an answer that nobody can give any more.
    for (const asked of liveQuestionStore.getState().open)
      if (asked.panelId === panelId) tab.send({ type: "answer", id: asked.id, answer: null });
    forget(panelId);
  });
}

function add(asked: OpenLiveQuestion): void {
  const { open } = liveQuestionStore.getState();
  if (open.length >= OPEN_MAX) answerLiveQuestion(asked, null);
  else liveQuestionStore.setState({ open: [...open, asked] });
}

/** Without an id, all of a panel's. */
function forget(panelId: string, id?: number): void {
  const { open } = liveQuestionStore.getState();
  const left = open.filter((each) => each.panelId !== panelId || (id !== undefined && each.id !== id));
  if (left.length !== open.length) liveQuestionStore.setState({ open: left });
}
