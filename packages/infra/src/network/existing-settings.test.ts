import { parse } from "@demarc/shared/environment";
import { invalidOnly } from "@demarc/shared/testing";
import { existingNetwork as existing } from "../testing/network";
import { existingSubnets } from "./existing-settings";
import { networkSettings, privateRanges, zonesOf } from "./settings";

const { a, c } = existing.subnets;
const parsed = (changes: object = {}) => parse("network", networkSettings, { ...existing, ...changes });
const refusal = (changes: object) => () => parsed(changes);

/** The network with other subnets in zone c. */
const inC = (changes: object) => ({ subnets: { a, c: { ...c, ...changes } } });

describe("settings of a network that is there", () => {
  it("tell zones and private ranges as those of a made one do", () => {
    const network = parsed({ subnets: { c, a } });
    expect(zonesOf(network)).toEqual(["a", "c"]);
    expect([...privateRanges(network).values()]).toEqual(["10.20.0.0/20", "10.20.16.0/20"]);
    expect(existingSubnets({ subnets: { c, a } as never }, "public").map(({ zone }) => zone)).toEqual(["a", "c"]);
  });

  it("may have no subnets of internal or of public load balancers", () => {
    const alone = { a: { private: a?.private }, c: { private: c?.private } };
    expect(refusal({ subnets: alone })).not.toThrow();
  });

  it("say nothing of what infra would make: that is the network team's", () => {
    const made = { nat: { kind: "per-zone" }, zones: ["a", "c"], flowLogTraffic: "ALL", interfaceEndpoints: ["sts"] };
    expect(refusal(made)).toThrow(
      '"nat", "zones", "flowLogTraffic", "interfaceEndpoints" is not known here; remove it or correct its name',
    );
  });

  it.each([
    ["vpcId", { vpcId: "vpc-1" }, 'vpcId: "vpc-1" must be the id of a VPC of this account and region, vpc-…'],
    ["an older vpcId with capitals", { vpcId: "vpc-0123ABCD" }, "must be the id of a VPC"],
    [
      "a subnet's id",
      inC({ private: { id: "Z1", cidr: "10.20.16.0/20" } }),
      'private.id: "Z1" must be the id of a subnet',
    ],
    ["no range", { cidr: "10.20.0.0/160" }, 'cidr: "10.20.0.0/160" must be an IPv4 range such as 10.1.0.0/16'],
    ["a wide range", { cidr: "10.0.0.0/8" }, "must be a /16 to /28, as AWS has them"],
    ["another first address", { cidr: "10.20.1.0/16" }, "must be written with its first address, as AWS writes it"],
    ["one zone", { subnets: { a } }, "must have subnets in at least two zones"],
    ["no zone", { subnets: { a, c, h: c } }, 'subnets: "h" is not known here'],
    ["no subnets", { subnets: [] }, "subnets: [] must be the subnets of each zone, by its letter"],
  ])("are refused for %s", (_, changes, message) => {
    expect(refusal(changes)).toThrow(message);
  });

  it("hold every subnet inside the VPC, and each once", () => {
    const wrong = inC({
      private: { id: a?.private.id, cidr: "10.20.8.0/21" },
      public: { id: "subnet-0123abcd", cidr: "10.21.0.0/24" },
    });
    expect(refusal(wrong)).toThrow(
      [
        "network is not valid (3 problems):",
        `  subnets.c.private.id: "${String(a?.private.id)}" is that of subnets.a.private too; name each subnet once`,
        '  subnets.c.private.cidr: "10.20.8.0/21" overlaps subnets.a.private, which is 10.20.0.0/20',
        '  subnets.c.public.cidr: "10.21.0.0/24" lies outside 10.20.0.0/16, the VPC\'s cidr',
      ].join("\n"),
    );
  });

  it("give load balancers the /27 that they demand, and subnets in every zone where there are pods", () => {
    const small = inC({ internal: { id: "subnet-0123abcd", cidr: "10.20.129.0/28" }, public: undefined });
    expect(refusal(small)).toThrow(
      [
        "network is not valid (2 problems):",
        '  subnets.c.internal.cidr: "10.20.129.0/28" is too small for a load balancer, which demands a /27 or larger',
        "  subnets.c.public: nothing is given: zone a has one, and a load balancer reaches no pods of a zone where it has none; name one in each zone, or in none",
      ].join("\n"),
    );
    const smallest = inC({ internal: { id: "subnet-0123abcd", cidr: "10.20.129.0/27" } });
    expect(refusal(smallest)).not.toThrow();
  });

  it("are taken or refused with a sentence, whatever is mangled in them", () => {
    const read = (input: unknown) => parse("network", networkSettings, input);
    expect(() => read(existing)).not.toThrow();
    invalidOnly(existing, read);
  });
});
