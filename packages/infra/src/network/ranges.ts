/** Whether all of an IPv4 range, such as 10.1.0.0/16, lies inside another. */
export function within(range: string, outer: string): boolean {
  return prefixOf(range) >= prefixOf(outer) && startsIn(range, outer);
}

/** Whether two IPv4 ranges have an address in common: then one begins inside the other. */
export function overlap(one: string, other: string): boolean {
  return startsIn(one, other) || startsIn(other, one);
}

/** Whether a range is written with its first address. AWS writes it so, and takes any other for a change at each plan. */
export function startsAtItself(range: string): boolean {
  return addressOf(range) % addressesIn(range) === 0;
}

/** How many addresses a range has. */
export function addressesIn(range: string): number {
  return 2 ** (32 - prefixOf(range));
}

/** Number after the slash. */
export function prefixOf(range: string): number {
  return Number(range.split("/")[1]);
}

/** The address before the slash as a plain number: JavaScript's shifts would make the upper half of them negative. */
export function addressOf(range: string): number {
  const [address = ""] = range.split("/");
  return address.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

function startsIn(range: string, outer: string): boolean {
  const size = addressesIn(outer);
  return Math.floor(addressOf(range) / size) === Math.floor(addressOf(outer) / size);
}
