/**
 * Whether a file fits an `accept` attribute: endings, types, or types with a star.
 * An empty one takes everything. Source: HTML, "File Upload state".
 */
export function acceptsFile(accept: string, { name, type }: { name: string; type: string }): boolean {
  const tokens = accept
    .toLowerCase()
    .split(",")
    .map((token) => token.trim())
    .filter(Boolean);
  if (tokens.length === 0) return true;
  const [lowerName, lowerType] = [name.toLowerCase(), type.toLowerCase()];
  return tokens.some((token) => {
    if (token.startsWith(".")) return lowerName.endsWith(token);
    if (token.endsWith("/*")) return lowerType.startsWith(token.slice(0, -1));
    return lowerType === token;
  });
}
