import { decideHost } from "#lib/core/egress/decide-host.ts";
import type { EgressPolicy } from "#lib/core/egress/egress-policy.ts";
import type { ErrorCode } from "#lib/protocol/errors.ts";

export type UrlDecision =
  | {
      ok: true;
      /** Canonical: what is connected to is exactly what was checked, with no second parse between. */
      url: string;
      protocol: "http:" | "https:";
      /** Lower case, no trailing dot, IPv6 without brackets. */
      host: string;
      port: number;
      /** The host is an address, already checked. */
      literal: boolean;
      /** The policy names this host and port, so private addresses pass. */
      allowed: boolean;
    }
  | {
      ok: false;
      code: Extract<
        ErrorCode,
        "invalid_url" | "unsupported_scheme" | "credentials_in_url" | "blocked_address" | "blocked_port"
      >;
      /** For the log. */
      reason: string;
    };

/** Longer addresses are refused; servers and browsers commonly stop near 8 KB (RFC 9110 §4.1). */
const URL_LENGTH_MAX = 8192;

/**
 * Whether page traffic may ask for an address, before any lookup. The answer of
 * the lookup still has to pass `decideAddress`.
 */
export function decideUrl(input: string, policy: EgressPolicy): UrlDecision {
  if (input.length > URL_LENGTH_MAX) return refuse("invalid_url", "the address is too long");
  const url = URL.parse(input);
  if (!url) return refuse("invalid_url", "the address cannot be parsed");
  const { protocol } = url;
  if (protocol !== "http:" && protocol !== "https:")
    return refuse("unsupported_scheme", `scheme ${protocol}`);
  if (url.username !== "" || url.password !== "") return refuse("credentials_in_url", "credentials");
  const port = url.port === "" ? (protocol === "https:" ? 443 : 80) : Number(url.port);
  const decision = decideHost({ hostname: url.hostname, port }, policy);
  if (!decision.ok) return decision;
  if (!decision.literal) url.hostname = decision.host;
  return { ...decision, url: url.href, protocol };
}

function refuse(code: Extract<UrlDecision, { ok: false }>["code"], reason: string): UrlDecision {
  return { ok: false, code, reason };
}
