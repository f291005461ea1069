import { addressesIn, overlap, startsAtItself, within } from "./ranges";

describe("IPv4 ranges", () => {
  it.each([
    ["10.1.0.0/16", "10.0.0.0/8", true],
    ["10.0.0.0/8", "10.0.0.0/8", true],
    ["10.0.0.0/8", "10.1.0.0/16", false],
    ["172.32.0.0/16", "172.16.0.0/12", false],
    ["172.31.0.0/16", "172.16.0.0/12", true],
  ])("%s within %s: %s", (range, outer, expected) => {
    expect(within(range, outer)).toBe(expected);
  });

  it.each([
    ["10.1.128.0/20", "10.1.0.0/16", true],
    ["10.1.0.0/16", "10.1.128.0/20", true],
    ["10.1.0.0/16", "10.2.0.0/16", false],
    ["192.168.0.0/24", "192.168.1.0/24", false],
  ])("%s overlaps %s: %s", (one, other, expected) => {
    expect(overlap(one, other)).toBe(expected);
  });
});

describe("a range that starts at itself", () => {
  it.each(["10.1.0.0/16", "10.1.0.7/32", "0.0.0.0/0", "10.1.16.0/20"])("is %s", (range) => {
    expect(startsAtItself(range)).toBe(true);
  });

  it.each(["10.1.2.0/16", "10.1.0.1/31", "1.0.0.0/0", "10.1.17.0/20"])("is not %s", (range) => {
    expect(startsAtItself(range)).toBe(false);
  });
});

it("tells how many addresses a range has", () => {
  expect(["10.1.0.0/16", "10.1.0.0/28", "10.1.0.1/32"].map(addressesIn)).toEqual([65536, 16, 1]);
});
