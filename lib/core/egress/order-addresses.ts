/**
 * The order in which connections are tried: families alternate, IPv6 first, so
 * that one broken family costs a single attempt delay (RFC 8305 §4).
 */
export function orderAddresses<Address extends { family: 4 | 6 }>(addresses: readonly Address[]): Address[] {
  const six = addresses.filter((address) => address.family === 6);
  const four = addresses.filter((address) => address.family === 4);
  const ordered: Address[] = [];
  for (let index = 0; index < Math.max(six.length, four.length); index += 1) {
    const [first, second] = [six[index], four[index]];
    if (first) ordered.push(first);
    if (second) ordered.push(second);
  }
  return ordered;
}
