import { PERMISSION_WORDS, PLACES } from "#lib/core/live/permission-words.ts";
import {
  beginPicker,
  type PickerDraft,
  type PickerQuestion,
  pickerGrid,
  writtenExample,
} from "#lib/core/live/room-picker.ts";
import type { LiveClientMessage } from "#lib/protocol/live-client-message.ts";
import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

export type LiveQuestion = Extract<LiveServerMessage, { type: "ask" }>["question"];
export type LiveAnswer = Extract<LiveClientMessage, { type: "answer" }>["answer"];

/** What has been said to a question so far. */
export interface QuestionDraft {
  /** Options chosen, where several may be. */
  marked: ReadonlySet<number>;
  /** For a prompt. */
  typed: string;
  username: string;
  password: string;
  picker: PickerDraft | null;
  /** What went wrong or goes on, in words; empty for nothing. */
  notice: string;
}

/** What is typed on the room's keyboard for a question. */
export type QuestionField = "typed" | "username" | "password" | "value";

/** What choosing a row does; `leave` leads to the flat view, `none` is for rows that only say something. */
export type QuestionAct =
  | { do: "answer"; answer: LiveAnswer }
  | { do: "mark"; index: number }
  | { do: "type"; field: QuestionField }
  | { do: "pick"; draft: PickerDraft }
  | { do: "files" | "leave" | "none" };

export interface QuestionRow {
  id: string;
  label: string;
  detail?: string;
  checked?: boolean;
  disabled?: boolean;
  swatch?: string;
  /** Columns it takes; 1 when absent. */
  span?: number;
  act: QuestionAct;
}

export interface RoomQuestion {
  title: string;
  /** Short lines. */
  note: readonly string[];
  rows: readonly QuestionRow[];
  /** Rows beside each other; 1 when absent. */
  columns?: 4 | 7;
}

const LINE_LETTERS = 70;
const LINES_MAX = 6;

/** Nothing has been said yet. `today` is the person's own day, as `2026-11-21`. */
export function beginQuestion(question: LiveQuestion, today: string): QuestionDraft {
  const options = question.kind === "select" ? question.options : [];
  return {
    marked: new Set(options.flatMap(({ selected }, index) => (selected ? [index] : []))),
    typed: question.kind === "dialog" ? question.value : "",
    username: "",
    password: "",
    picker: question.kind === "picker" ? beginPicker(question, today) : null,
    notice: "",
  };
}

/**
 * A page's question as a menu of the room. Only files may have to wait: where
 * `canChooseFiles` is false, as in a headset, whose session the device's own window
 * would end, the menu says so and leads to the flat view.
 */
export function roomQuestion(
  question: LiveQuestion,
  draft: QuestionDraft,
  { canChooseFiles }: { canChooseFiles: boolean },
): RoomQuestion {
  switch (question.kind) {
    case "dialog":
      return dialogMenu(question, draft.typed);
    case "select":
      return selectMenu(question, draft.marked);
    case "permission":
      return permissionMenu(question);
    case "picker":
      return pickerMenu(question, draft);
    case "files":
      return filesMenu(question, draft, canChooseFiles);
    case "credentials":
      return credentialsMenu(question, draft);
  }
}

const PICKED: Readonly<Record<PickerQuestion["input"], string>> = {
  date: "Choose a date",
  time: "Choose a time",
  "datetime-local": "Choose a date and time",
  month: "Choose a month",
  week: "Choose a week",
  color: "Choose a colour",
};

function pickerMenu(question: PickerQuestion, { picker, notice }: QuestionDraft): RoomQuestion {
  const { columns, cells } = pickerGrid(question, picker ?? beginPicker(question, "2000-01-01"));
  const rows = cells.map(({ value, draft, ...cell }): QuestionRow => {
    const act: QuestionAct =
      value !== undefined
        ? { do: "answer", answer: { kind: "value", value } }
        : draft
          ? { do: "pick", draft }
          : { do: "none" };
    return { ...cell, act };
  });
  const half = Math.ceil(columns / 2);
  const canClear = question.input !== "color";
  rows.push({
    id: "words",
    label: "Write it",
    span: canClear ? half : columns,
    act: { do: "type", field: "value" },
  });
  if (canClear) rows.push({ ...row("clear", "Clear", { kind: "value", value: "" }), span: columns - half });
  const now = question.value === "" ? "" : `Now: ${question.value.replace("T", " ")}`;
  return { title: PICKED[question.input], note: [notice || now].filter(Boolean), rows, columns };
}

/** What the person is told to write, for a value that is not chosen from the menu. */
export function writeHint({ input }: Pick<PickerQuestion, "input">): string {
  return `As ${writtenExample(input)}`;
}

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
  const type: QuestionRow = {
    id: "words",
    label: typed || "Type an answer",
    act: { do: "type", field: "typed" },
  };
  const ends = [row("ok", "OK", accept), row("cancel", "Cancel", null)];
  return { title, note, rows: dialog === "prompt" ? [type, ...ends] : ends };
}

type Permission = Extract<LiveQuestion, { kind: "permission" }>;

function permissionMenu({ origin, permission }: Permission): RoomQuestion {
  const note = [`This site ${PERMISSION_WORDS[permission]}.`];
  const ends = [row("later", "Not now", null), row("never", "Never on this site", { kind: "deny" })];
  if (permission === "geolocation") {
    const places = PLACES.map(({ name, ...place }) =>
      row(name, `I am near ${name}`, { kind: "allow", keep: "once", place }),
    );
    return { title: origin, note, rows: [...ends, ...places] };
  }
  // What was copied a browser gives within a press on its own page only, which a ray is not.
  const yes: QuestionRow =
    permission === "notifications"
      ? row("allow", "Allow while the page is open", { kind: "allow", keep: "once" })
      : { id: "flat", label: "Leave the room and answer", act: { do: "leave" } };
  return { title: origin, note, rows: [...ends, yes] };
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

type Credentials = Extract<LiveQuestion, { kind: "credentials" }>;

function credentialsMenu(
  { origin, realm, wrong }: Credentials,
  { username, password }: QuestionDraft,
): RoomQuestion {
  const note = [
    ...(realm ? wrapWords(`The site says: “${realm}”`) : []),
    ...(wrong ? ["That name and password were not accepted."] : []),
    ...(origin.startsWith("http:") ? ["The connection to this site is not encrypted."] : []),
  ];
  return {
    title: `Sign in to ${origin}`,
    note,
    rows: [
      {
        id: "username",
        label: username || "Type a name",
        ...(username ? { detail: "Name" } : {}),
        act: { do: "type", field: "username" },
      },
      {
        id: "password",
        label: password ? "•".repeat(Math.min(24, password.length)) : "Type a password",
        ...(password ? { detail: "Password" } : {}),
        act: { do: "type", field: "password" },
      },
      row("ok", "Sign in", { kind: "credentials", username, password }),
      row("cancel", "Cancel", null),
    ],
  };
}

type Files = Extract<LiveQuestion, { kind: "files" }>;
const MEGABYTE = 1_000_000;

function filesMenu(
  { multiple, bytesMax }: Files,
  { notice }: QuestionDraft,
  canChoose: boolean,
): RoomQuestion {
  const title = multiple ? "Files for the page" : "A file for the page";
  if (!canChoose)
    return {
      title,
      note: [
        "Files are chosen in a window of your device, which a headset",
        "cannot show while a session runs. The page waits for you.",
      ],
      rows: [
        { id: "flat", label: "Leave the room and choose", act: { do: "leave" } },
        row("dismiss", "Not now", null),
      ],
    };
  return {
    title,
    note: [
      `What you choose is sent to the server that shows this page, at most ${Math.floor(bytesMax / MEGABYTE)} MB a file.`,
      ...(notice ? [notice] : []),
    ],
    rows: [
      { id: "files", label: multiple ? "Choose files…" : "Choose a file…", act: { do: "files" } },
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
