import { isSameSite } from "#lib/core/url/registrable-domain.ts";
import { stripTrackingParameters } from "#lib/core/url/strip-tracking-parameters.ts";
import { unwrapRedirect } from "#lib/core/url/unwrap-redirect.ts";

/**
 * Where a link on a results page leads in the end, cleaned; null when it stays on
 * the provider's site. Through known redirectors, and through the provider's own:
 * a link to itself with one parameter that is a whole address elsewhere.
 */
export function outsideTarget(href: string, pageUrl: string): string | null {
  if (!href.startsWith("http")) return null;
  const direct = unwrapRedirect(href) ?? href;
  if (!isSameSite(direct, pageUrl)) return stripTrackingParameters(direct).url;
  const targets = [...new URL(direct).searchParams.values()].filter(
    (value) => /^https?:\/\//i.test(value) && URL.canParse(value) && !isSameSite(value, pageUrl),
  );
  const [target] = targets;
  if (targets.length !== 1 || target === undefined) return null;
  const url = new URL(target);
  return url.username || url.password ? null : stripTrackingParameters(url.href).url;
}
