import { describe, expect, it } from "vitest";
import {
  beginPicker,
  type PickerDraft,
  type PickerQuestion,
  pickerGrid,
  readWritten,
  writtenExample,
} from "#lib/core/live/room-picker.ts";

const TODAY = "2026-11-21";
const INPUTS = ["date", "time", "datetime-local", "month", "week", "color"] as const;

function ask(input: PickerQuestion["input"], more: Partial<PickerQuestion> = {}): PickerQuestion {
  const rect = { x: 0, y: 0, width: 10, height: 10 };
  return { kind: "picker", rect, input, value: "", min: "", max: "", step: "", ...more };
}

/** Presses places one after the other, as a person would; what the page is answered in the end. */
function press(question: PickerQuestion, ids: readonly string[]): string | undefined {
  let draft: PickerDraft = beginPicker(question, TODAY);
  for (const id of ids) {
    const cell = pickerGrid(question, draft).cells.find((each) => each.id === id);
    if (!cell || cell.disabled) throw new Error(`${id} cannot be pressed`);
    if (cell.value !== undefined) return cell.value;
    if (cell.draft) draft = cell.draft;
  }
  return undefined;
}
const open = (question: PickerQuestion) => pickerGrid(question, beginPicker(question, TODAY)).cells;
const enabled = (question: PickerQuestion, kind: string) =>
  open(question).flatMap(({ id, disabled }) => (id.startsWith(`${kind} `) && !disabled ? [id] : []));

describe("choosing a date in the room", () => {
  it("begins at the month of what the field holds, or of today", () => {
    const shown = (question: PickerQuestion) => open(question).find(({ id }) => id === "months")?.label;
    expect(shown(ask("date"))).toBe("November 2026");
    expect(shown(ask("date", { value: "1999-02-03" }))).toBe("February 1999");
    expect(shown(ask("week", { value: "2021-W01" }))).toBe("January 2021");
  });

  it("shows whole weeks from Monday on, and marks what is chosen", () => {
    const cells = open(ask("date", { value: TODAY }));
    const days = cells.filter(({ id }) => id.startsWith("day "));
    expect(days).toHaveLength(42);
    expect([days[0]?.id, days.at(-1)?.id]).toEqual(["day 2026-10-26", "day 2026-12-06"]);
    expect(days.filter(({ checked }) => checked).map(({ id }) => id)).toEqual([`day ${TODAY}`]);
    expect(cells.reduce((sum, { span }) => sum + span, 0) % 7).toBe(0);
  });

  it("answers with a day, over the ends of years and by the list of months", () => {
    expect(press(ask("date"), ["day 2026-11-05"])).toBe("2026-11-05");
    expect(press(ask("date"), ["later", "later", "day 2027-01-31"])).toBe("2027-01-31");
    expect(press(ask("date"), ["months", "earlier", "month 2025-02", "day 2025-02-28"])).toBe("2025-02-28");
    expect(press(ask("month"), ["later", "month 2027-03"])).toBe("2027-03");
  });

  it("keeps to the bounds of the field", () => {
    const bounded = ask("date", { min: "2026-11-10", max: "2026-11-12" });
    expect(enabled(bounded, "day")).toEqual(["day 2026-11-10", "day 2026-11-11", "day 2026-11-12"]);
    expect(enabled(ask("month", { min: "2026-11", max: "2027-01" }), "month")).toEqual([
      "month 2026-11",
      "month 2026-12",
    ]);
    const evening = ask("datetime-local", { min: "2026-11-21T18:00", max: "2026-11-22T09:00" });
    expect(enabled(evening, "day")).toEqual(["day 2026-11-21", "day 2026-11-22"]);
    expect(() => press(evening, ["day 2026-11-21", "hour 17"])).toThrow();
    expect(press(evening, ["day 2026-11-22", "hour 09", "minute 00"])).toBe("2026-11-22T09:00");
  });

  it("counts weeks as ISO 8601 does", () => {
    expect(press(ask("week"), ["day 2026-11-21"])).toBe("2026-W47");
    expect(press(ask("week", { value: "2020-W53" }), ["later", "day 2021-01-03"])).toBe("2020-W53");
    expect(press(ask("week", { value: "2024-W01" }), ["day 2024-01-01"])).toBe("2024-W01");
    expect(press(ask("week", { value: "2027-W01" }), ["day 2027-01-02"])).toBe("2026-W53");
  });
});

describe("choosing a time in the room", () => {
  it("takes an hour and a minute, and for a whole moment a day before", () => {
    expect(press(ask("time"), ["hour 09", "minute 35"])).toBe("09:35");
    expect(press(ask("time"), ["hour 09", "hours", "hour 10", "minute 00"])).toBe("10:00");
    const moment = ["day 2026-11-30", "hour 23", "minute 55"];
    expect(press(ask("datetime-local"), moment)).toBe("2026-11-30T23:55");
  });

  it("offers the minutes that the field counts in", () => {
    expect(press(ask("time", { step: "3600" }), ["hour 14"])).toBe("14:00");
    expect(() => press(ask("time", { step: "900" }), ["hour 09", "minute 35"])).toThrow();
    expect(press(ask("time", { step: "900" }), ["hour 09", "minute 45"])).toBe("09:45");
  });

  it("may reach over midnight", () => {
    const night = ask("time", { min: "22:00", max: "05:00" });
    expect(enabled(night, "hour")).toEqual(
      ["00", "01", "02", "03", "04", "05", "22", "23"].map((hour) => `hour ${hour}`),
    );
  });
});

describe("a value that is written", () => {
  it("is taken as its example is, and by nothing else", () => {
    for (const input of INPUTS) {
      expect(readWritten(input, writtenExample(input))).not.toBeNull();
      for (const wrong of ["", "tomorrow", "2026-13-40", "25:00", "2026-W60", "red"])
        expect(readWritten(input, wrong)).toBeNull();
    }
  });

  it("is put into the field's own form", () => {
    expect(readWritten("datetime-local", " 2026-11-21 09:30 ")).toBe("2026-11-21T09:30");
    expect(readWritten("color", "1C7ED6")).toBe("#1c7ed6");
    expect(readWritten("week", "2026-w47")).toBe("2026-W47");
  });

  it("can also be a colour with a name", () => {
    const cells = open(ask("color", { value: "#1c7ed6" }));
    expect(cells.filter(({ checked }) => checked).map(({ label }) => label)).toEqual(["Blue"]);
    for (const { value, swatch } of cells) expect(readWritten("color", value ?? "")).toBe(swatch);
  });
});
