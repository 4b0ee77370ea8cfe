import type { LiveServerMessage } from "#lib/protocol/live-server-message.ts";

type Question = Extract<LiveServerMessage, { type: "ask" }>["question"];
export type PickerQuestion = Extract<Question, { kind: "picker" }>;
type Input = PickerQuestion["input"];

/** How far a person has come with a date or time: a calendar, then the hour, then the minute. */
export interface PickerDraft {
  step: "days" | "months" | "hours" | "minutes" | "colours";
  /** The month that is shown; 1 is January. */
  year: number;
  month: number;
  /** `2026-11-21` and `09:30`: what is chosen so far, or was before. */
  date: string;
  time: string;
}

/** One place of the menu; `value` answers the page, `draft` goes on. Neither: it only says something. */
export interface PickerCell {
  id: string;
  label: string;
  /** Columns it takes. */
  span: number;
  checked?: boolean;
  disabled?: boolean;
  /** `#rrggbb`. */
  swatch?: string;
  value?: string;
  draft?: PickerDraft;
}

export interface PickerGrid {
  columns: 4 | 7;
  cells: readonly PickerCell[];
}

const DAY_MS = 86_400_000;
const YEARS = { least: 1000, most: 9999 } as const;
const WEEKDAYS = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"] as const;
const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
] as const;
const COLOURS: readonly (readonly [name: string, hex: string])[] = [
  ["Black", "#000000"],
  ["Grey", "#808080"],
  ["Silver", "#c0c0c0"],
  ["White", "#ffffff"],
  ["Red", "#e03131"],
  ["Orange", "#f76707"],
  ["Amber", "#fab005"],
  ["Yellow", "#ffec3d"],
  ["Lime", "#82c91e"],
  ["Green", "#2f9e44"],
  ["Teal", "#0ca678"],
  ["Cyan", "#15aabf"],
  ["Blue", "#1c7ed6"],
  ["Navy", "#1b3a8a"],
  ["Indigo", "#4c51bf"],
  ["Purple", "#9c36b5"],
  ["Pink", "#e64980"],
  ["Brown", "#8d5524"],
  ["Beige", "#e8d8b8"],
  ["Olive", "#808000"],
];

const two = (value: number) => String(value).padStart(2, "0");
const isoDay = (ms: number) => new Date(ms).toISOString().slice(0, 10);
const startOf = (date: string) => Date.parse(`${date}T00:00:00Z`);
/** Monday is 0, as in the weeks of ISO 8601. */
const weekdayOf = (ms: number) => (new Date(ms).getUTCDay() + 6) % 7;

/** Where choosing begins. `today` is the person's own day, as `2026-11-21`, for a field that is empty. */
export function beginPicker(
  { input, value }: Pick<PickerQuestion, "input" | "value">,
  today: string,
): PickerDraft {
  const date = dateOf(input, value) || today;
  const time = input === "time" ? value.slice(0, 5) : input === "datetime-local" ? value.slice(11, 16) : "";
  return {
    step: FIRST_STEP[input],
    year: Number(date.slice(0, 4)),
    month: Number(date.slice(5, 7)),
    date,
    time,
  };
}

const FIRST_STEP: Readonly<Record<Input, PickerDraft["step"]>> = {
  date: "days",
  "datetime-local": "days",
  week: "days",
  month: "months",
  time: "hours",
  color: "colours",
};

function dateOf(input: Input, value: string): string {
  if (value === "") return "";
  if (input === "date" || input === "datetime-local") return value.slice(0, 10);
  if (input === "month") return `${value}-01`;
  return input === "week" ? firstDayOf(value) : "";
}

/** What can be pressed now. */
export function pickerGrid(question: PickerQuestion, draft: PickerDraft): PickerGrid {
  switch (draft.step) {
    case "days":
      return { columns: 7, cells: dayCells(question, draft) };
    case "months":
      return { columns: 4, cells: monthCells(question, draft) };
    case "hours":
      return { columns: 4, cells: hourCells(question, draft) };
    case "minutes":
      return { columns: 4, cells: minuteCells(question, draft) };
    case "colours":
      return {
        columns: 4,
        cells: COLOURS.map(([label, value]) => ({
          id: `colour ${value}`,
          label,
          span: 1,
          swatch: value,
          value,
          checked: value === question.value,
        })),
      };
  }
}

function dayCells({ input, value, min, max }: PickerQuestion, draft: PickerDraft): PickerCell[] {
  const { year, month } = draft;
  const first = startOf(`${year}-${two(month)}-01`);
  const from = first - weekdayOf(first) * DAY_MS;
  const days = Array.from({ length: 42 }, (_, index): PickerCell => {
    const date = isoDay(from + index * DAY_MS);
    const chosen = input === "week" ? weekOf(date) : date;
    const isWhole = input === "datetime-local";
    const goesOn: Partial<PickerCell> = isWhole
      ? { draft: { ...draft, date, step: "hours" } }
      : { value: chosen };
    return {
      id: `day ${date}`,
      label: String(Number(date.slice(8))),
      span: 1,
      checked: chosen === (isWhole ? value.slice(0, 10) : value),
      disabled: !isWithin(chosen, isWhole ? min.slice(0, 10) : min, isWhole ? max.slice(0, 10) : max),
      ...goesOn,
    };
  });
  const turn = (by: number): PickerDraft => {
    const at = new Date(Date.UTC(year, month - 1 + by, 1));
    return { ...draft, year: limitYear(at.getUTCFullYear()), month: at.getUTCMonth() + 1 };
  };
  return [
    { id: "earlier", label: "<", span: 1, draft: turn(-1) },
    { id: "months", label: `${MONTHS[month - 1]} ${year}`, span: 5, draft: { ...draft, step: "months" } },
    { id: "later", label: ">", span: 1, draft: turn(1) },
    ...WEEKDAYS.map((label) => ({ id: `weekday ${label}`, label, span: 1, disabled: true })),
    ...days,
  ];
}

function monthCells({ input, value, min, max }: PickerQuestion, draft: PickerDraft): PickerCell[] {
  const { year } = draft;
  const turn = (by: number): PickerDraft => ({ ...draft, year: limitYear(year + by) });
  return [
    { id: "earlier", label: "<", span: 1, draft: turn(-1) },
    { id: "year", label: String(year), span: 2, disabled: true },
    { id: "later", label: ">", span: 1, draft: turn(1) },
    ...MONTHS.map((label, index): PickerCell => {
      const month = `${year}-${two(index + 1)}`;
      const bounds = input === "week" ? ["", ""] : [min.slice(0, 7), max.slice(0, 7)];
      return {
        id: `month ${month}`,
        label,
        span: 1,
        checked: month === (input === "month" ? value : draft.date.slice(0, 7)),
        disabled: !isWithin(month, bounds[0] ?? "", bounds[1] ?? ""),
        ...(input === "month" ? { value: month } : { draft: { ...draft, month: index + 1, step: "days" } }),
      };
    }),
  ];
}

function hourCells(question: PickerQuestion, draft: PickerDraft): PickerCell[] {
  const { min, max } = question;
  const day = question.input === "datetime-local" ? `${draft.date}T` : "";
  const hasMinutes = stepMinutes(question) < 60;
  const hours = Array.from({ length: 24 }, (_, hour): PickerCell => {
    const time = `${two(hour)}:00`;
    const ends = isBetween(`${day}${two(hour)}:59`, `${day}${time}`, min, max);
    return {
      id: `hour ${two(hour)}`,
      label: time,
      span: 1,
      checked: draft.time.slice(0, 2) === two(hour),
      disabled: !ends,
      ...(hasMinutes ? { draft: { ...draft, time, step: "minutes" } } : { value: `${day}${time}` }),
    };
  });
  return day === "" ? hours : [backToDays(draft), ...hours];
}

function minuteCells(question: PickerQuestion, draft: PickerDraft): PickerCell[] {
  const { min, max } = question;
  const day = question.input === "datetime-local" ? `${draft.date}T` : "";
  const hour = draft.time.slice(0, 2);
  const step = stepMinutes(question);
  const minutes = Array.from({ length: Math.ceil(60 / step) }, (_, index): PickerCell => {
    const time = `${hour}:${two(index * step)}`;
    return {
      id: `minute ${two(index * step)}`,
      label: time,
      span: 1,
      checked: `${day}${time}` === question.value.slice(0, day.length + 5),
      disabled: !isWithin(`${day}${time}`, min, max),
      value: `${day}${time}`,
    };
  });
  const back: PickerCell = {
    id: "hours",
    label: "Another hour",
    span: 4,
    draft: { ...draft, step: "hours" },
  };
  return [back, ...minutes];
}

function backToDays(draft: PickerDraft): PickerCell {
  const month = MONTHS[Number(draft.date.slice(5, 7)) - 1];
  const label = `${Number(draft.date.slice(8))} ${month} ${draft.date.slice(0, 4)}`;
  return { id: "days", label, span: 4, draft: { ...draft, step: "days" } };
}

/** Minutes between two choices: as the field counts, and never so many choices that none can be hit. */
function stepMinutes({ step }: PickerQuestion): number {
  const seconds = Number(step);
  const wanted = Number.isFinite(seconds) && seconds % 60 === 0 ? seconds / 60 : 1;
  return wanted >= 60 ? 60 : Math.max(5, wanted);
}

/** A time field may begin in the evening and end in the morning: its least is later than its most. */
function isWithin(value: string, min: string, max: string): boolean {
  return isBetween(value, value, min, max);
}

function isBetween(last: string, first: string, min: string, max: string): boolean {
  const isAfter = min === "" || last >= min;
  const isBefore = max === "" || first <= max;
  return min !== "" && max !== "" && min > max ? isAfter || isBefore : isAfter && isBefore;
}

function limitYear(year: number): number {
  return Math.min(YEARS.most, Math.max(YEARS.least, year));
}

/** The week of ISO 8601 that a day is in, as `2026-W47`: it belongs to the year of its Thursday. */
function weekOf(date: string): string {
  const day = startOf(date);
  const thursday = day + (3 - weekdayOf(day)) * DAY_MS;
  const year = new Date(thursday).getUTCFullYear();
  const week = Math.floor((thursday - Date.UTC(year, 0, 1)) / (7 * DAY_MS)) + 1;
  return `${year}-W${two(week)}`;
}

/** Its Monday. The fourth of January is always in the first week. */
function firstDayOf(week: string): string {
  const fourth = startOf(`${week.slice(0, 4)}-01-04`);
  return isoDay(fourth + ((Number(week.slice(6)) - 1) * 7 - weekdayOf(fourth)) * DAY_MS);
}

const WRITTEN: Readonly<Record<Input, { example: string; form: RegExp }>> = {
  date: { example: "2026-11-21", form: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/ },
  time: { example: "09:30", form: /^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$/ },
  "datetime-local": {
    example: "2026-11-21 09:30",
    form: /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])T([01]\d|2[0-3]):[0-5]\d$/,
  },
  month: { example: "2026-11", form: /^\d{4}-(0[1-9]|1[0-2])$/ },
  week: { example: "2026-W47", form: /^\d{4}-W(0[1-9]|[1-4]\d|5[0-3])$/ },
  color: { example: "#1c7ed6", form: /^#[0-9a-f]{6}$/ },
};

/** How such a value is written, as an example. */
export function writtenExample(input: Input): string {
  return WRITTEN[input].example;
}

/** A value that was written by hand, as the field takes it; null when it is none. */
export function readWritten(input: Input, text: string): string | null {
  const trimmed = text.trim();
  const value =
    input === "color" ? trimmed.toLowerCase().replace(/^#?/, "#") : trimmed.toUpperCase().replace(" ", "T");
  return WRITTEN[input].form.test(value) ? value : null;
}
