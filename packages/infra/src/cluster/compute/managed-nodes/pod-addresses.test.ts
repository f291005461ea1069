import { addressesOfNode, takesPrefixes } from "./pod-addresses";

describe("addresses of a node full of pods", () => {
  it.each([
    // 3 interfaces of 10 hold its 29 pods: all of them.
    ["m7i.large", 30],
    // 110 pods need 4 of its 8 interfaces of 30, and one is kept warm.
    ["m7i.4xlarge", 150],
    // 250 pods need 6 of 15 interfaces of 50, and one is kept warm.
    ["m7i.24xlarge", 350],
    ["t3.small", 12],
  ])("are all that its interfaces hold, one more than needed: %s", (type, addresses) => {
    expect(addressesOfNode(type, false)).toBe(addresses);
  });

  it.each([
    // 108 pods with an address need 7 prefixes, one is kept warm, all on the first interface.
    ["m7i.large", 8 * 16 + 1],
    ["m7i.24xlarge", 17 * 16 + 1],
    // One of its 2 addresses is the interface's own, and so 2 prefixes are all there are.
    ["t3.nano", 2 * 16 + 2],
  ])("are whole prefixes, one more than needed: %s", (type, addresses) => {
    expect(addressesOfNode(type, true)).toBe(addresses);
  });

  it("of a type that is not listed are those of as many pods as it may have", () => {
    expect(addressesOfNode("z99.large", false)).toBe(110);
    expect(addressesOfNode("z99.metal", false)).toBe(250);
    expect(addressesOfNode("z99.large", true)).toBe(8 * 16 + 1);
  });

  it("are never by prefixes before the Nitro system", () => {
    expect(takesPrefixes("m4.large")).toBe(false);
    expect(takesPrefixes("m5.large")).toBe(true);
    expect(takesPrefixes("z99.large")).toBe(true);
  });
});
