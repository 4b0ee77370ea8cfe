/** Words as WCXB counts them: lower case, runs of letters, digits and underscores. */
export function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}_]+/gu) ?? [];
}

/** A phrase this long that stands in the truth is no coincidence, wherever it stands. */
const PHRASE_WORDS = 4;

/**
 * The share of each unit's words that the reviewed text holds. The page's words
 * are aligned with the truth's by a longest common subsequence that pays extra
 * for staying contiguous; what the truth moved elsewhere is found by its phrases.
 */
export function labelUnits(texts: readonly string[], truth: string): number[] {
  const wanted = wordsOf(truth);
  const units = texts.map(wordsOf);
  const matched = alignedWords(units, wanted);
  const whole = ` ${wanted.join(" ")} `;
  return units.map((words, u) => {
    if (words.length === 0) return 0;
    const share = (matched[u] ?? 0) / words.length;
    if (share >= 0.8 || words.length < 6) return share;
    if (whole.includes(` ${words.join(" ")} `)) return 1;
    let phrases = 0;
    for (let at = 0; at + PHRASE_WORDS <= words.length; at++) {
      if (whole.includes(` ${words.slice(at, at + PHRASE_WORDS).join(" ")} `)) phrases++;
    }
    return Math.max(share, phrases / (words.length - PHRASE_WORDS + 1));
  });
}

const UP = 1;
const LEFT = 2;
const DIAGONAL = 3;
const CONTIGUOUS = 4;

function alignedWords(units: readonly string[][], wanted: readonly string[]): number[] {
  const ids = new Map<string, number>();
  const target = Int32Array.from(wanted, (word) => {
    const id = ids.get(word) ?? ids.size;
    ids.set(word, id);
    return id;
  });
  const source: number[] = [];
  const owner: number[] = [];
  units.forEach((words, u) => {
    for (const word of words) {
      source.push(ids.get(word) ?? -1);
      owner.push(u);
    }
  });
  const width = target.length + 1;
  const moves = new Uint8Array((source.length + 1) * width);
  let above = new Uint16Array(width);
  let here = new Uint16Array(width);
  let runAbove = new Uint16Array(width);
  let runHere = new Uint16Array(width);
  for (let i = 1; i <= source.length; i++) {
    for (let j = 1; j < width; j++) {
      let best = above[j] as number;
      let move = UP;
      if ((here[j - 1] as number) > best) {
        best = here[j - 1] as number;
        move = LEFT;
      }
      let run = 0;
      if (source[i - 1] === target[j - 1]) {
        const fresh = (above[j - 1] as number) + 1;
        const grown = (runAbove[j - 1] as number) > 0 ? (runAbove[j - 1] as number) + 2 : 0;
        run = Math.max(fresh, grown);
        if (run >= best) {
          best = run;
          move = DIAGONAL;
        }
        if (grown >= fresh) move |= CONTIGUOUS;
      }
      runHere[j] = run;
      here[j] = best;
      moves[i * width + j] = move;
    }
    [above, here] = [here, above];
    [runAbove, runHere] = [runHere, runAbove];
  }
  const matched = new Array<number>(units.length).fill(0);
  let i = source.length;
  let j = width - 1;
  let inRun = false;
  while (i > 0 && j > 0) {
    const move = moves[i * width + j] as number;
    if (inRun || (move & 3) === DIAGONAL) {
      const unit = owner[i - 1] as number;
      matched[unit] = (matched[unit] as number) + 1;
      inRun = (move & CONTIGUOUS) !== 0;
      i--;
      j--;
    } else if ((move & 3) === UP) i--;
    else j--;
  }
  return matched;
}
