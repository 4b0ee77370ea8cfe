/** The WHATWG encoding of a label, or null when the standard knows none that may be decoded. */
export function encodingOfLabel(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null; // An unknown label counts as none.
  }
}
