const SAMPLE_UNITS = 4_000;
const RIGHT_TO_LEFT =
  /[\p{Script=Hebrew}\p{Script=Arabic}\p{Script=Syriac}\p{Script=Thaana}\p{Script=Nko}]/gu;

/** The direction most letters of a text are read in. */
export function textDirection(text: string): "ltr" | "rtl" {
  const sample = text.slice(0, SAMPLE_UNITS).replace(/\bhttps?:\S+/g, "");
  const rightToLeft = sample.match(RIGHT_TO_LEFT)?.length ?? 0;
  if (rightToLeft === 0) return "ltr";
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  return rightToLeft > letters / 2 ? "rtl" : "ltr";
}
