import type { TextUnit } from "#lib/node/reader/html/text-units.ts";

/**
 * Which units to keep, given how likely each is content. Keeps the likeliest
 * ones for as long as the word F1 to be expected grows: with `w` words and
 * likelihood `p`, E[F1] ≈ 2 Σ_kept w·p / (Σ_kept w + Σ_all w·p), so a page whose
 * text is clear is cut sharply and a doubtful one generously (Ye et al., ICML
 * 2012, on plug-in rules for F-measures).
 */
export function selectUnits(units: readonly TextUnit[], likelihoods: readonly number[]): boolean[] {
  const order = units.map((_, i) => i).sort((a, b) => (likelihoods[b] ?? 0) - (likelihoods[a] ?? 0));
  const expected = units.reduce((sum, unit, i) => sum + unit.words * (likelihoods[i] ?? 0), 0);
  let words = 0;
  let hits = 0;
  let best = -1;
  let bar = 1;
  for (const i of order) {
    const unit = units[i] as TextUnit;
    const p = likelihoods[i] ?? 0;
    words += unit.words;
    hits += unit.words * p;
    const f1 = (2 * hits) / (words + expected);
    if (f1 > best) {
      best = f1;
      bar = p;
    }
  }
  return units.map((_, i) => (likelihoods[i] ?? 0) >= bar);
}
