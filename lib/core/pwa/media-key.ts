/**
 * The key a saved picture is kept under: its signed path without the width asked
 * for, exactly as the page's list of media has it. Null for any other path.
 */
export function savedMediaKey({ pathname, search }: Pick<URL, "pathname" | "search">): string | null {
  if (pathname !== "/api/media") return null;
  // The signed part must stay as it was written: taking it apart and putting it together could escape it anew.
  return pathname + search.replace(/&w=\d*(?=&|$)/g, "");
}
