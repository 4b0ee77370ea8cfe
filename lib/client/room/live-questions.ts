import { createStore } from "zustand/vanilla";
import { runCommand } from "#lib/client/commands/registry.ts";
import {
  answerLiveQuestion,
  liveQuestionStore,
  type OpenLiveQuestion,
  startLiveQuestions,
} from "#lib/client/live/live-questions.ts";
import { getLiveTab } from "#lib/client/live/live-tab.ts";
import { chooseFilesFor } from "#lib/client/room/live-question-files.ts";
import { closeRoomMenu, openRoomPage, roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { requestTextEntry } from "#lib/client/room/text-entry.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { readWritten } from "#lib/core/live/room-picker.ts";
import {
  beginQuestion,
  type QuestionAct,
  type QuestionDraft,
  type QuestionField,
  type QuestionRow,
  roomQuestion,
  writeHint,
} from "#lib/core/live/room-question.ts";
import type { RoomPage, RoomRow } from "#lib/core/room-ui/room-page.ts";

interface RoomQuestionState {
  open: OpenLiveQuestion | null;
  /** Null exactly when nothing is asked. */
  draft: QuestionDraft | null;
}

const NOTHING: RoomQuestionState = { open: null, draft: null };
/** Ends what a question started, such as an upload. */
let asking = new AbortController();

/** The question of a live page that the room's menu shows, and what has been said to it so far. */
export const roomQuestionStore = createStore<RoomQuestionState>(() => NOTHING);

/** Shows what live pages ask as pages of the room's menu, one after the other. Returns how to stop. */
export function followLiveQuestions(): () => void {
  startLiveQuestions();
  const take = () => {
    const [first = null] = liveQuestionStore.getState().open;
    const { open } = roomQuestionStore.getState();
    if (first?.panelId === open?.panelId && first?.id === open?.id) return;
    begin(first);
    if (first) openRoomPage("question");
    else if (roomUiStore.getState().menu?.name === "question") closeRoomMenu();
  };
  take();
  const stopQuestions = liveQuestionStore.subscribe(take);
  const stopMenu = roomUiStore.subscribe(({ menu }, previous) => {
    if (previous.menu?.name !== "question" || menu?.name === "question") return;
    // The flat view goes on asking; closing the menu in the room is a no.
    const { open } = roomQuestionStore.getState();
    if (open && viewStore.getState().view !== "flat") settle(open, null);
  });
  return () => {
    stopQuestions();
    stopMenu();
    begin(null);
  };
}

/** The question as a page of the menu. */
export function questionPage(): RoomPage {
  const { open, draft } = roomQuestionStore.getState();
  if (!open || !draft) return { title: "A question of the page", rows: [], note: "It has been answered." };
  const canChooseFiles = viewStore.getState().view !== "immersive";
  const { title, note, rows, columns } = roomQuestion(open.question, draft, { canChooseFiles });
  return {
    title,
    note: note.join("\n"),
    rows: rows.map((row) => menuRow(open, row)),
    ...(columns ? { columns } : {}),
  };
}

function menuRow(open: OpenLiveQuestion, { act, ...row }: QuestionRow): RoomRow {
  return { ...row, action: { type: "call", stays: true, run: () => perform(open, act) } };
}

function perform(open: OpenLiveQuestion, act: QuestionAct): void {
  switch (act.do) {
    case "answer":
      settle(open, act.answer);
      return;
    case "mark": {
      const marked = new Set(roomQuestionStore.getState().draft?.marked);
      if (!marked.delete(act.index)) marked.add(act.index);
      update(open, { marked });
      return;
    }
    case "pick":
      update(open, { picker: act.draft });
      return;
    case "type":
      type(open, act.field);
      return;
    case "files":
      choose(open);
      return;
    case "leave":
      runCommand("view.flat");
  }
}

const LABELS: Readonly<Record<QuestionField, string>> = {
  typed: "Answer for the page",
  username: "Name for the page",
  password: "Password for the page",
  value: "Value for the page",
};

function type(open: OpenLiveQuestion, field: QuestionField): void {
  const { question, panelId } = open;
  const { draft } = roomQuestionStore.getState();
  if (!draft) return;
  const hint = field === "value" && question.kind === "picker" ? writeHint(question) : "";
  if (hint) update(open, { notice: hint });
  requestTextEntry({
    purpose: "field",
    label: LABELS[field],
    text: field === "value" ? (question.kind === "picker" ? question.value : "") : draft[field],
    secret: field === "password",
    panelId,
    ...(field === "value" ? {} : { onChange: (text: string) => update(open, { [field]: text }) }),
    onSubmit: (text) => submit(open, field, text),
  });
}

/** Enter goes on: from a name to its password, from the last thing to the answer. */
function submit(open: OpenLiveQuestion, field: QuestionField, text: string): void {
  const { question } = open;
  const { draft } = roomQuestionStore.getState();
  if (!draft) return;
  if (field === "typed") settle(open, { kind: "accept", text });
  else if (field === "username") {
    update(open, { username: text });
    type(open, "password");
  } else if (field === "password")
    settle(open, { kind: "credentials", username: draft.username, password: text });
  else if (question.kind === "picker") {
    const value = readWritten(question.input, text);
    if (value === null) update(open, { notice: `“${text}” is not understood. ${writeHint(question)}.` });
    else settle(open, { kind: "value", value });
  }
}

function choose(open: OpenLiveQuestion): void {
  const tab = getLiveTab(open.panelId);
  if (!tab || open.question.kind !== "files") return;
  chooseFilesFor(tab, open.question, {
    onNotice: (notice) => update(open, { notice }),
    onSent: (uploads) => settle(open, { kind: "files", uploads }),
    signal: asking.signal,
  });
}

/** What comes late, for a question that is answered, changes nothing. */
function update(open: OpenLiveQuestion, change: Partial<QuestionDraft>): void {
  roomQuestionStore.setState((state) =>
    state.open === open && state.draft ? { draft: { ...state.draft, ...change } } : state,
  );
}

function settle(open: OpenLiveQuestion, answer: Parameters<typeof answerLiveQuestion>[1]): void {
  begin(null);
  answerLiveQuestion(open, answer);
  if (roomUiStore.getState().menu?.name === "question") closeRoomMenu();
}

function begin(open: OpenLiveQuestion | null): void {
  asking.abort();
  asking = new AbortController();
  roomQuestionStore.setState(open ? { open, draft: beginQuestion(open.question, today()) } : NOTHING);
}

/** Where the person is, not in UTC. */
function today(): string {
  const now = new Date();
  return new Date(now.getTime() - now.getTimezoneOffset() * 60_000).toISOString().slice(0, 10);
}
