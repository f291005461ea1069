import { cidr, contains, liesWithin, overlaps, parseCidr } from "./cidr";

it.each(["10.0.0.0", "10.0.0.0/33", "10.0.0.256/24", "10.0.0/24", "::/0", ""])("is no block: %j", (text) => {
  expect(parseCidr(text)).toBeUndefined();
  expect(liesWithin(text, ["0.0.0.0/0"])).toBe(false);
  expect(() => cidr(text)).toThrow("is not an IPv4 CIDR block");
});

it("begins where its prefix says, whatever address names it", () => {
  expect(parseCidr("10.1.2.3/16")).toEqual(parseCidr("10.1.0.0/16"));
  expect(parseCidr("255.255.255.255/32")).toEqual({ first: 2 ** 32 - 1, last: 2 ** 32 - 1, prefix: 32 });
});

it.each([
  ["10.0.0.0/16", "10.0.128.0/17", true, true],
  ["10.0.128.0/17", "10.0.0.0/16", true, false],
  ["10.0.0.0/16", "10.1.0.0/16", false, false],
  ["0.0.0.0/0", "255.0.0.0/8", true, true],
])("%s and %s: overlap %s, first contains second %s", (one, other, overlap, inside) => {
  expect(overlaps(cidr(one), cidr(other))).toBe(overlap);
  expect(overlaps(cidr(other), cidr(one))).toBe(overlap);
  expect(contains(cidr(one), cidr(other))).toBe(inside);
});
