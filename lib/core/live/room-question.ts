import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

export type LiveQuestion = Extract<LiveServerMessage, { type: "ask" }>["question"];
export type LiveAnswer = Extract<LiveClientMessage, { type: "answer" }>["answer"];

/** What choosing a row does: answers, marks an option, asks for words, or leads to the flat view. */
export type QuestionAct =
  | { do: "answer"; answer: LiveAnswer }
  | { do: "mark"; index: number }
  | { do: "type" }
  | { do: "leave" };

export interface QuestionRow {
  id: string;
  label: string;
  detail?: string;
  checked?: boolean;
  disabled?: boolean;
  act: QuestionAct;
}

export interface RoomQuestion {
  title: string;
  /** Short lines. */
  note: readonly string[];
  rows: readonly QuestionRow[];
}

const LINE_LETTERS = 70;
const LINES_MAX = 6;

/**
 * A page's question as a menu of the room. `marked` are the options chosen so far
 * where several may be, `typed` is the text for a prompt. What needs the person's
 * device or a calendar is left to the flat view, where the question waits.
 */
export function roomQuestion(
  question: LiveQuestion,
  { marked, typed }: { marked: ReadonlySet<number>; typed: string },
): RoomQuestion {
  switch (question.kind) {
    case "dialog":
      return dialogMenu(question, typed);
    case "select":
      return selectMenu(question, marked);
    case "permission":
      return {
        title: question.origin,
        note: [`This site asks for: ${question.permission}.`],
        rows: [row("deny", "Do not allow", null), row("allow", "Allow", { kind: "accept" })],
      };
    case "picker":
      return elsewhere(`The page asks for a ${PICKED[question.input] ?? "value"}.`);
    case "files":
      return elsewhere("The page asks for files of this device.");
    case "credentials":
      return elsewhere(`${question.origin} asks for a name and a password.`);
  }
}

const PICKED: Readonly<Record<string, string>> = {
  date: "date",
  time: "time",
  "datetime-local": "date and time",
  month: "month",
  week: "week",
  color: "colour",
};

type Dialog = Extract<LiveQuestion, { kind: "dialog" }>;

function dialogMenu({ dialog, origin, message }: Dialog, typed: string): RoomQuestion {
  if (dialog === "beforeunload")
    return {
      title: "Leave this page?",
      note: ["What was entered here may not be saved."],
      rows: [row("stay", "Stay", null), row("leave", "Leave", { kind: "accept" })],
    };
  const title = `${origin || "The page"} says`;
  const note = wrapWords(message);
  if (dialog === "alert") return { title, note, rows: [row("ok", "OK", { kind: "accept" })] };
  const accept: LiveAnswer = dialog === "prompt" ? { kind: "accept", text: typed } : { kind: "accept" };
  const type: QuestionRow = { id: "words", label: typed || "Type an answer", act: { do: "type" } };
  const ends = [row("ok", "OK", accept), row("cancel", "Cancel", null)];
  return { title, note, rows: dialog === "prompt" ? [type, ...ends] : ends };
}

type Select = Extract<LiveQuestion, { kind: "select" }>;

function selectMenu({ options, multiple }: Select, marked: ReadonlySet<number>): RoomQuestion {
  const rows = options.map(
    ({ label, group, disabled, selected }, index): QuestionRow => ({
      id: `option ${index}`,
      label: label || " ",
      ...(group ? { detail: group } : {}),
      disabled,
      checked: multiple ? marked.has(index) : selected,
      act: multiple ? { do: "mark", index } : { do: "answer", answer: { kind: "options", indices: [index] } },
    }),
  );
  const indices = [...marked].toSorted((a, b) => a - b);
  const done = row("done", "Done", { kind: "options", indices });
  return { title: "Choose", note: [], rows: multiple ? [done, ...rows] : rows };
}

function elsewhere(words: string): RoomQuestion {
  return {
    title: "A question of the page",
    note: [words, "It can be answered in the flat view, where it waits."],
    rows: [
      { id: "flat", label: "Leave the room and answer", act: { do: "leave" } },
      row("dismiss", "Not now", null),
    ],
  };
}

function row(id: string, label: string, answer: LiveAnswer): QuestionRow {
  return { id, label, act: { do: "answer", answer } };
}

/** Lines that fit into a menu; the last one says that there was more. */
function wrapWords(text: string): string[] {
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(/\s+/).filter(Boolean)) {
    if (line !== "" && line.length + word.length >= LINE_LETTERS) {
      lines.push(line);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  if (line !== "") lines.push(line);
  return lines.length <= LINES_MAX ? lines : [...lines.slice(0, LINES_MAX - 1), `${lines[LINES_MAX - 1]} …`];
}
