import { decideAddress } from "#lib/core/egress/decide-address.ts";
import type { EgressPolicy } from "#lib/core/egress/egress-policy.ts";
import { orderAddresses } from "#lib/core/egress/order-addresses.ts";
import { AppError } from "#lib/core/errors/app-error.ts";
import { toEgressError } from "#lib/node/egress/classify-error.ts";
import type { ResolveName } from "#lib/node/egress/resolve-name.ts";

/** Passed `decideAddress`. Connections are made to these and to nothing else. */
export interface CheckedAddress {
  address: string;
  family: 4 | 6;
}

/** More answers than this are dropped: a name with hundreds of addresses only costs attempts. */
const ADDRESSES_MAX = 16;

/**
 * The one lookup of a request, and the check of every answer. A single address
 * that is not public refuses the name as a whole: mixed answers are how DNS
 * rebinding gets past a check of the first one.
 * @throws AppError `blocked_address`, or what the lookup failed with.
 */
export async function resolveChecked(
  target: { host: string; port: number; literal: boolean; allowed: boolean },
  { policy, resolveName }: { policy: EgressPolicy; resolveName: ResolveName },
): Promise<CheckedAddress[]> {
  const found = target.literal ? [target.host] : await lookUp(target, resolveName);
  const checked = found.map((address) => {
    const decision = decideAddress(address, target, policy);
    if (!decision.ok) throw new AppError(decision.code, { detail: decision.reason });
    return { address: decision.address, family: decision.family };
  });
  return orderAddresses(checked).slice(0, ADDRESSES_MAX);
}

async function lookUp(
  target: { host: string; allowed: boolean },
  resolveName: ResolveName,
): Promise<string[]> {
  const found = await resolveName(target.host, { local: target.allowed }).catch((error) => {
    throw toEgressError(error, "connect");
  });
  if (found.length === 0) throw new AppError("name_not_found", { detail: "no address" });
  return found;
}
