import fc from "fast-check";
import { cidrProblem, type Zone, ZONES, zoneRanges } from "./cidr";

/** First and last address of a range. */
function bounds(cidr: string): [number, number] {
  const [address = "", prefix = ""] = cidr.split("/");
  const octets = address.split(".").map(Number);
  const first = new DataView(Uint8Array.from(octets).buffer).getUint32(0);
  return [first, first + 2 ** (32 - Number(prefix)) - 1];
}

/** Of 10.0.0.0/8 and of 192.168.0.0/16: addresses of the lower and of the upper half, which are negative to JavaScript's shifts. */
const addresses = fc.oneof(
  fc.nat(2 ** 24 - 1).map((it) => 10 * 2 ** 24 + it),
  fc.nat(2 ** 16 - 1).map((it) => 0xc0a80000 + it),
);
const vpcs = fc.tuple(addresses, fc.integer({ min: 16, max: 22 })).map(([address, prefix]) => {
  const first = address - (address % 2 ** (32 - prefix));
  const octets = [first >>> 24, (first >>> 16) & 255, (first >>> 8) & 255, first & 255];
  return `${octets.join(".")}/${String(prefix)}`;
});
const zones = fc.uniqueArray(fc.constantFrom(...ZONES), { minLength: 1 });

const rangesOf = (vpc: string, chosen: readonly Zone[]): string[] =>
  chosen.map((zone) => zoneRanges(vpc, zone)).flatMap((ranges) => [ranges.public, ranges.internal, ranges.private]);

describe("zoneRanges", () => {
  it("plans the ranges that its documentation shows", () => {
    expect(zoneRanges("10.1.0.0/16", "a")).toStrictEqual({
      public: "10.1.0.0/21",
      internal: "10.1.64.0/21",
      private: "10.1.128.0/20",
    });
    expect(zoneRanges("10.1.0.0/16", "c")).toStrictEqual({
      public: "10.1.16.0/21",
      internal: "10.1.80.0/21",
      private: "10.1.160.0/20",
    });
    expect(zoneRanges("192.168.252.0/22", "f")).toStrictEqual({
      public: "192.168.252.160/27",
      internal: "192.168.253.160/27",
      private: "192.168.255.64/26",
    });
  });

  it("never lets two subnets overlap", () => {
    fc.assert(
      fc.property(vpcs, zones, (vpc, chosen) => {
        const sorted = rangesOf(vpc, chosen)
          .map(bounds)
          .sort(([first], [second]) => first - second);
        sorted.forEach(([first], index) => {
          expect(first).toBeGreaterThan(sorted[index - 1]?.[1] ?? -1);
        });
      }),
    );
  });

  it("keeps every subnet inside the VPC and on a boundary of its own size", () => {
    fc.assert(
      fc.property(vpcs, zones, (vpc, chosen) => {
        const [start, end] = bounds(vpc);
        for (const range of rangesOf(vpc, chosen)) {
          const [first, last] = bounds(range);
          expect(first).toBeGreaterThanOrEqual(start);
          expect(last).toBeLessThanOrEqual(end);
          expect(first % (last - first + 1)).toBe(0);
        }
      }),
    );
  });

  it("gives every load balancer the /27 that it demands", () => {
    fc.assert(
      fc.property(vpcs, zones, (vpc, chosen) => {
        for (const range of rangesOf(vpc, chosen)) expect(Number(range.split("/")[1])).toBeLessThanOrEqual(27);
      }),
    );
  });
});

describe("cidrProblem", () => {
  it("finds nothing wrong with any VPC that can be planned", () => {
    fc.assert(
      fc.property(vpcs, (vpc) => {
        expect(cidrProblem(vpc)).toBeUndefined();
      }),
    );
  });

  it.each([
    ["10.1.0.0/30", "is too small for 8 zones x 3 subnets, each /27 or larger for a load balancer; take /16 to /22"],
    ["10.0.0.0/8", "is larger than AWS lets a VPC be; take /16 to /22"],
    ["10.1.2.0/16", "does not start where a /16 does; take 10.1.0.0/16"],
    ["255.255.255.255/16", "does not start where a /16 does; take 255.255.0.0/16"],
    ["10.1.0.0", "must be an IPv4 range such as 10.1.0.0/16"],
    ["10.1.0.300/16", "must be an IPv4 range such as 10.1.0.0/16"],
    ["10.1.0.0/33", "must be an IPv4 range such as 10.1.0.0/16"],
    ["", "must be an IPv4 range such as 10.1.0.0/16"],
    [
      "169.254.0.0/16",
      expect.stringContaining("has addresses of 169.254.0.0/16, which is for link-local addresses; take"),
    ],
    ["127.1.0.0/16", expect.stringContaining("which is for loopback")],
    ["172.17.128.0/20", expect.stringContaining("which is for Docker, and AWS asks to keep it free")],
    ["192.0.0.0/16", expect.stringContaining("has addresses of 192.0.0.0/24")],
    ["239.0.0.0/16", expect.stringContaining("which is for multicast")],
    ["0.0.0.0/16", expect.stringContaining("which is for this host")],
  ])("refuses %j", (cidr, problem) => {
    expect(cidrProblem(cidr)).toEqual(problem);
  });
});
