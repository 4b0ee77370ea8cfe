/** What all pictures under way may hold in memory together. */
export interface ByteBudget {
  /** Takes bytes out; false, with nothing taken, when fewer are left. */
  take(bytes: number): boolean;
  give(bytes: number): void;
  readonly left: number;
}

export function createByteBudget(bytesMax: number): ByteBudget {
  let left = bytesMax;
  return {
    take(bytes) {
      if (bytes > left) return false;
      left -= bytes;
      return true;
    },
    give(bytes) {
      left += bytes;
    },
    get left() {
      return left;
    },
  };
}
