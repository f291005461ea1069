import fc from "fast-check";
import { cidr, contains, overlaps } from "../eks-api/cidr";
import { PodAddresses, secondAddress } from "./pod-addresses";

const SUBNET = "10.1.128.0/20";

it("gives the pods of every node addresses of its subnet that no other node's have", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 1, max: 110 }), { maxLength: 20 }), (sizes) => {
      const addresses = new PodAddresses();
      const blocks = sizes.reduce<string[]>((taken, pods) => [...taken, addresses.next(SUBNET, pods, taken)], []);
      blocks.forEach((block, index) => {
        expect(contains(cidr(SUBNET), cidr(block))).toBe(true);
        // Its network address is nobody's.
        expect(cidr(block).last - cidr(block).first).toBeGreaterThanOrEqual(sizes[index] ?? 0);
        expect(blocks.slice(index + 1).some((other) => overlaps(cidr(block), cidr(other)))).toBe(false);
      });
    }),
  );
});

it("leaves the subnet's first quarter to its network interfaces", () => {
  expect(new PodAddresses().next("10.1.0.0/24", 29, [])).toBe("10.1.0.64/27");
});

it("gives a block again as late as can be: KWOK remembers addresses of nodes that are gone", () => {
  const addresses = new PodAddresses();
  const given = Array.from({ length: 7 }, () => addresses.next("10.1.0.0/24", 29, []));
  expect(given).toEqual([64, 96, 128, 160, 192, 224, 64].map((last) => `10.1.0.${last}/27`));
});

it("gives the one pod of a Fargate node the second of two addresses", () => {
  const block = new PodAddresses().next("10.1.0.0/24", 1, ["10.1.0.64/31"]);
  expect([block, secondAddress(block)]).toEqual(["10.1.0.66/31", "10.1.0.67"]);
});

it("says which subnet is full", () => {
  expect(() => new PodAddresses().next("10.1.0.0/24", 29, ["10.1.0.0/24"])).toThrow(
    "subnet 10.1.0.0/24 has no 32 addresses in a row left for the pods of a node",
  );
});
