/** Who speaks, as a person can judge it: scheme, host and port of an address, or what stands for them. */
export function originLabel(url: string): string {
  const parsed = URL.parse(url);
  if (!parsed) return "this page";
  if (parsed.protocol === "blob:") return originLabel(parsed.pathname);
  return parsed.origin === "null" ? "this page" : parsed.origin;
}
