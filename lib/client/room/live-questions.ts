import { createStore } from "zustand/vanilla";
import { runCommand } from "#lib/client/commands/registry.ts";
import {
  answerLiveQuestion,
  liveQuestionStore,
  type OpenLiveQuestion,
  startLiveQuestions,
} from "#lib/client/live/live-questions.ts";
import { closeRoomMenu, openRoomPage, roomUiStore } from "#lib/client/room/room-ui-store.ts";
import { requestTextEntry } from "#lib/client/room/text-entry.ts";
import { viewStore } from "#lib/client/store/view-store.ts";
import { type QuestionAct, type QuestionRow, roomQuestion } from "#lib/core/live/room-question.ts";
import type { RoomPage, RoomRow } from "#lib/core/room-ui/room-page.ts";

interface RoomQuestionState {
  open: OpenLiveQuestion | null;
  marked: ReadonlySet<number>;
  typed: string;
}

const NOTHING: RoomQuestionState = { open: null, marked: new Set(), typed: "" };

/** The question of a live page that the room's menu shows, and what has been said to it so far. */
export const roomQuestionStore = createStore<RoomQuestionState>(() => NOTHING);

/** Shows what live pages ask as pages of the room's menu, one after the other. Returns how to stop. */
export function followLiveQuestions(): () => void {
  startLiveQuestions();
  const take = () => {
    const [first = null] = liveQuestionStore.getState().open;
    const { open } = roomQuestionStore.getState();
    if (first?.panelId === open?.panelId && first?.id === open?.id) return;
    roomQuestionStore.setState(first ? begin(first) : NOTHING);
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
    roomQuestionStore.setState(NOTHING);
  };
}

/** The question as a page of the menu. */
export function questionPage(): RoomPage {
  const { open, marked, typed } = roomQuestionStore.getState();
  if (!open) return { title: "A question of the page", rows: [], note: "It has been answered." };
  const { title, note, rows } = roomQuestion(open.question, { marked, typed });
  return { title, note: note.join("\n"), rows: rows.map((row) => menuRow(open, row)) };
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
      const marked = new Set(roomQuestionStore.getState().marked);
      if (!marked.delete(act.index)) marked.add(act.index);
      roomQuestionStore.setState({ marked });
      return;
    }
    case "type":
      requestTextEntry({
        purpose: "field",
        label: "Answer for the page",
        text: roomQuestionStore.getState().typed,
        panelId: open.panelId,
        onChange: (typed) => roomQuestionStore.setState({ typed }),
        onSubmit: (typed) => settle(open, { kind: "accept", text: typed }),
      });
      return;
    case "leave":
      runCommand("view.flat");
  }
}

function settle(open: OpenLiveQuestion, answer: Parameters<typeof answerLiveQuestion>[1]): void {
  roomQuestionStore.setState(NOTHING);
  answerLiveQuestion(open, answer);
  if (roomUiStore.getState().menu?.name === "question") closeRoomMenu();
}

function begin(open: OpenLiveQuestion): RoomQuestionState {
  const { question } = open;
  const options = question.kind === "select" ? question.options : [];
  const marked = new Set(options.flatMap(({ selected }, index) => (selected ? [index] : [])));
  return { open, marked, typed: question.kind === "dialog" ? question.value : "" };
}
