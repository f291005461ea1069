import { BlockList } from "node:net";

/** Whether all of an IPv4 range, such as 10.1.0.0/16, lies inside another. */
export function within(range: string, outer: string): boolean {
  return split(range).prefix >= split(outer).prefix && startsIn(range, outer);
}

/** Whether two IPv4 ranges have an address in common: then one begins inside the other. */
export function overlap(one: string, other: string): boolean {
  return startsIn(one, other) || startsIn(other, one);
}

/** Whether a range is written with its first address. AWS writes it so, and takes any other for a change at each plan. */
export function startsAtItself(range: string): boolean {
  const { address, prefix } = split(range);
  const octets = address.split(".").map(Number);
  return octets.every((octet, index) => {
    const hostBits = Math.min(8, Math.max(0, 8 * (index + 1) - prefix));
    return octet % 2 ** hostBits === 0;
  });
}

/** How many addresses a range has. */
export function addressesIn(range: string): number {
  return 2 ** (32 - split(range).prefix);
}

function startsIn(range: string, outer: string): boolean {
  const { address, prefix } = split(outer);
  const addresses = new BlockList();
  addresses.addSubnet(address, prefix);
  return addresses.check(split(range).address);
}

function split(range: string): { readonly address: string; readonly prefix: number } {
  const [address = "", prefix = ""] = range.split("/");
  return { address, prefix: Number(prefix) };
}
