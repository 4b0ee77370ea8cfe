/**
 * Cuts a very long text into pieces a browser can lay out one by one. Pieces end
 * at a line feed when there is one, else at a space; together they are the text.
 */
export function splitLongText(text: string, pieceMax: number): string[] {
  if (text.length <= pieceMax) return [text];
  const pieces: string[] = [];
  let at = 0;
  while (text.length - at > pieceMax) {
    const end = cutBefore(text, at, at + pieceMax);
    pieces.push(text.slice(at, end));
    at = end;
  }
  pieces.push(text.slice(at));
  return pieces;
}

function cutBefore(text: string, from: number, to: number): number {
  for (const separator of ["\n", " "]) {
    const at = text.lastIndexOf(separator, to - 1);
    if (at > from) return at + 1;
  }
  const unit = text.charCodeAt(to);
  const isInsideSurrogatePair = unit >= 0xdc00 && unit <= 0xdfff;
  return isInsideSurrogatePair ? to - 1 : to;
}
