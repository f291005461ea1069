/** A block of IPv4 addresses: its first and last one as 32-bit numbers, and the length of its prefix. */
export interface Cidr {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The block that a text such as "10.1.0.0/16" names; undefined when it names none. */
export function parseCidr(text: string): Cidr | undefined {
  const match = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})\/(\d{1,2})$/.exec(text);
  if (!match) return undefined;
  const [a = 256, b = 256, c = 256, d = 256, prefix = 33] = match.slice(1).map(Number);
  if (Math.max(a, b, c, d) > 255 || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  const address = a * 2 ** 24 + b * 2 ** 16 + c * 2 ** 8 + d;
  const first = Math.floor(address / size) * size;
  return { first, last: first + size - 1, prefix };
}

export function overlaps(one: Cidr, other: Cidr): boolean {
  return one.first <= other.last && other.first <= one.last;
}

export function contains(outer: Cidr, inner: Cidr): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** True when `text` is a block within one of `blocks`, which must be valid. */
export function liesWithin(text: string, blocks: readonly string[]): boolean {
  const block = parseCidr(text);
  return block !== undefined && blocks.some((outer) => contains(cidr(outer), block));
}

/** The block that a valid text names. */
export function cidr(text: string): Cidr {
  const block = parseCidr(text);
  if (!block) throw new Error(`"${text}" is not an IPv4 CIDR block`);
  return block;
}
