import { resourcePolicy, scriptPolicy } from "#lib/core/security-headers/content-security-policy.ts";
import { SECURITY_HEADERS } from "#lib/core/security-headers/security-headers.ts";

interface HeaderRule {
  source: string;
  headers: { key: string; value: string }[];
}

/**
 * What `headers()` of the Next configuration answers on Vercel: the headers that need
 * no request, so that API answers and build files get them without passing the proxy.
 * Documents get their policy there, because it holds a nonce. Elsewhere the door sets
 * the same ones.
 */
export function nextHeaderRules(): HeaderRule[] {
  const policy = (value: string) => [{ key: "Content-Security-Policy", value }];
  return [
    {
      source: "/:path*",
      headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })),
    },
    { source: "/api/:path*", headers: policy(resourcePolicy()) },
    { source: "/_next/static/:path*", headers: policy(scriptPolicy()) },
  ];
}
