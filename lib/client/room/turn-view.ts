let turn: ((azimuthDeg: number, elevationDeg: number) => void) | null = null;

/** Turns the view on a screen, by degrees to the right and upwards. In a session the head alone does that. */
export function turnView(azimuthDeg: number, elevationDeg: number): void {
  turn?.(azimuthDeg, elevationDeg);
}

/** The screen's view says how it is turned. Returns how to take that back. */
export function onTurnView(run: (azimuthDeg: number, elevationDeg: number) => void): () => void {
  turn = run;
  return () => {
    if (turn === run) turn = null;
  };
}
