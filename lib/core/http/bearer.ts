/** The token of an `Authorization: Bearer` header (RFC 6750), or null. */
export function parseBearer(authorization: string | null | undefined): string | null {
  if (!authorization || authorization.length > 4096) return null;
  return /^Bearer +([A-Za-z0-9\-._~+/]+=*) *$/i.exec(authorization)?.[1] ?? null;
}
