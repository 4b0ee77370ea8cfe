const ESC = "\\u001b";
/** Terminal escapes (ECMA-48 control sequences and OSC strings), as found in captured logs. */
const TERMINAL_ESCAPES = new RegExp(
  `${ESC}(?:\\[[0-9;?]{0,32}[ -/]{0,4}[@-~]|\\][^\\u0007${ESC}]{0,512}(?:\\u0007|${ESC}\\\\))`,
  "g",
);
/** Everything a reader would not show, line feeds, tabs and form feeds aside. */
const CONTROLS = /[^\P{Cc}\t\n\f]|\ufeff/gu;

/** Line ends as line feeds; what no reader shows is gone. Tabs and form feeds stay. */
export function cleanText(text: string): string {
  const lines = text.replace(/\r\n?|\u2028|\u2029|\u0085/g, "\n");
  return lines.replace(TERMINAL_ESCAPES, "").replace(CONTROLS, "").toWellFormed();
}
