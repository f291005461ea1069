import fc from "fast-check";
import { cidr, contains, overlaps } from "../eks-api/cidr";
import { PodAddresses } from "./pod-addresses";

const SUBNET = "10.1.128.0/20";

const inUse = (...blocks: string[]) => ({ cluster: "dev-a", blocks });

it("gives the pods of every node addresses of its subnet that no other node's have", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 110 }), { maxLength: 12 }), (sizes) => {
      const addresses = new PodAddresses();
      const blocks = sizes.reduce<string[]>(
        (taken, pods) => [...taken, addresses.next(SUBNET, pods, inUse(...taken))],
        [],
      );
      blocks.forEach((block, index) => {
        expect(contains(cidr(SUBNET), cidr(block))).toBe(true);
        // Its network address is nobody's.
        expect(cidr(block).last - cidr(block).first).toBeGreaterThan(sizes[index] ?? 0);
        expect(blocks.slice(index + 1).some((other) => overlaps(cidr(block), cidr(other)))).toBe(false);
      });
    }),
  );
});

it("leaves the subnet's first quarter to its network interfaces", () => {
  expect(new PodAddresses().next("10.1.0.0/24", 29, inUse())).toBe("10.1.0.64/26");
});

it("gives a block again as late as can be: KWOK remembers addresses of nodes that are gone", () => {
  const addresses = new PodAddresses();
  const given = Array.from({ length: 4 }, () => addresses.next("10.1.0.0/24", 29, inUse()));
  expect(given).toEqual([64, 128, 192, 64].map((last) => `10.1.0.${last}/26`));
});

it("makes do with no spare addresses where the subnet is small", () => {
  expect(new PodAddresses().next("10.1.0.0/24", 29, inUse("10.1.0.64/26", "10.1.0.128/26", "10.1.0.192/27"))).toBe(
    "10.1.0.224/27",
  );
});

it("gives a Fargate node one address that nobody has", () => {
  const addresses = new PodAddresses();
  expect(addresses.single("10.1.0.0/24", inUse("10.1.0.64/32"))).toBe("10.1.0.65/32");
  expect(() => addresses.single("10.1.0.0/30", inUse("10.1.0.1/32", "10.1.0.2/32"))).toThrow("has no address left");
});

it("says which subnet is full", () => {
  expect(() => new PodAddresses().next("10.1.0.0/24", 29, inUse("10.1.0.0/24"))).toThrow(
    "subnet 10.1.0.0/24 has no 29 addresses in a row left for the pods of a node",
  );
});

it("keeps clusters that share a subnet apart", () => {
  const account = {};
  // There is room for one block of 64.
  const next = (cluster: string, ...blocks: string[]) =>
    PodAddresses.of(account).next("10.1.0.0/25", 29, { cluster, blocks });
  expect(next("dev-a")).toBe("10.1.0.64/26");
  expect(next("dev-a", "10.1.0.64/26")).toBe("10.1.0.32/27");
  expect(() => next("dev-b")).toThrow("no 29 addresses in a row left");
});
