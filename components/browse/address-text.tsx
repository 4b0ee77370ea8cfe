import { describeAddress } from "#lib/core/omnibox/describe-address.ts";

/** The address while nobody edits it: the site strong, the rest quiet. Drawn over the field, which keeps the whole address. */
export function AddressText({ url }: { url: string }) {
  const { main, rest } = describeAddress(url);
  return (
    <span
      aria-hidden
      className="pointer-events-none absolute inset-0 flex items-center overflow-hidden whitespace-pre"
    >
      <span className="truncate">
        <bdi className="text-ink">{main}</bdi>
        {rest && <bdi className="text-muted">{rest}</bdi>}
      </span>
    </span>
  );
}
