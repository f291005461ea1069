import { BlockList, isIP } from "node:net";

/** The widest ranges that are private as a whole: 10.0.0.0/8 (RFC 1918) and fc00::/7 (RFC 4193). A wider one holds public addresses. */
const WIDEST_PRIVATE = { ipv4: 8, ipv6: 7 };

interface Range {
  readonly address: string;
  readonly prefix: number;
  readonly family: "ipv4" | "ipv6";
}

/** Whether a range is so wide that it can only be meant for the world, such as 0.0.0.0/0, or one half of it. */
export function isWorld(cidr: string): boolean {
  const range = rangeOf(cidr);
  return range !== undefined && range.prefix < WIDEST_PRIVATE[range.family];
}

/** Whether a range holds all of another one. Undefined, which is no range, holds itself alone. */
export function containsRange(outer: string | undefined, inner: string | undefined): boolean {
  if (outer === inner) return true;
  const [wide, narrow] = [outer, inner].map((cidr) => (cidr === undefined ? undefined : rangeOf(cidr)));
  if (wide === undefined || narrow === undefined) return false;
  if (wide.family !== narrow.family || wide.prefix > narrow.prefix) return false;
  const list = new BlockList();
  list.addSubnet(wide.address, wide.prefix, wide.family);
  return list.check(narrow.address, narrow.family);
}

function rangeOf(cidr: string): Range | undefined {
  const [address = "", prefix = ""] = cidr.split("/");
  const version = isIP(address);
  if (version === 0 || !/^\d{1,3}$/.test(prefix)) return undefined;
  return { address, prefix: Number(prefix), family: version === 4 ? "ipv4" : "ipv6" };
}
