export interface TypeAheadOption {
  label: string;
  disabled: boolean;
}

/**
 * The option that typed letters lead to, from `from` on and around: one letter, also when
 * repeated, goes to the next that begins with it, several to the first that begins with
 * them all. Null when none does.
 */
export function findByTyping(
  options: readonly TypeAheadOption[],
  typed: string,
  from: number,
): number | null {
  const letters = [...typed.toLocaleLowerCase()];
  const isRepeated = letters.length > 0 && letters.every((letter) => letter === letters[0]);
  const prefix = isRepeated ? (letters[0] ?? "") : letters.join("");
  if (!prefix.trim()) return null;
  const start = isRepeated ? from + 1 : from;
  for (let step = 0; step < options.length; step++) {
    const index = (((start + step) % options.length) + options.length) % options.length;
    const option = options[index];
    if (option && !option.disabled && option.label.trim().toLocaleLowerCase().startsWith(prefix))
      return index;
  }
  return null;
}

/** The next option one can choose in a direction, or where one is. */
export function nextEnabled(options: readonly TypeAheadOption[], from: number, step: 1 | -1): number {
  for (let index = from + step; index >= 0 && index < options.length; index += step)
    if (!options[index]?.disabled) return index;
  return from;
}
