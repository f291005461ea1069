import { parse } from "@demarc/shared/environment";
import { settingsOfNodes } from "../testing/cluster";
import { leastNetwork, type NetworkInput } from "../testing/network";
import { networkSettings } from "../network/settings";
import { addressPlanProblems } from "./address-plan";
import { clustersSettings } from "./settings";

const group = (instanceType: string, max: number) => ({
  instanceTypes: [instanceType],
  size: { min: 1, desired: 1, max },
});

/** What is said of clusters in a network. */
function said(network: Partial<NetworkInput>, ...clusters: Parameters<typeof settingsOfNodes>[0][]): string[] {
  const named = Object.fromEntries(clusters.map((changes, index) => [`c${String(index)}`, settingsOfNodes(changes)]));
  return addressPlanProblems(
    parse("clusters", clustersSettings, named),
    parse("network", networkSettings, { ...leastNetwork, ...network }),
  ).map(({ message }) => message);
}

describe("the plan of addresses", () => {
  it("has no room for fifty nodes in a /22, and says what takes how much", () => {
    expect(said({ cidr: "10.1.0.0/22" }, { nodeGroups: { general: group("m7i.large", 50) } })).toEqual([
      "leaves 86 addresses in its 2 private subnets, and full node groups take 1500 (c0.general 50 x 30); take a larger range, more zones, fewer or other nodes",
    ]);
    expect(said({ cidr: "10.1.0.0/16" }, { nodeGroups: { general: group("m7i.large", 50) } })).toEqual([]);
  });

  it("counts to the last address, and what AWS, EKS and endpoints keep", () => {
    // 2 x (64 - 5 - 16) addresses: two nodes of 30 and one of 26 do not come so.
    const nodes = (max: number) => ({ nodeGroups: { general: group("m7i.large", max) } });
    expect(said({ cidr: "10.1.0.0/22" }, nodes(2))).toEqual([]);
    expect(said({ cidr: "10.1.0.0/22" }, nodes(3))).toHaveLength(1);
    expect(said({ cidr: "10.1.0.0/22", interfaceEndpoints: ["sts"] }, nodes(3))[0]).toContain("leaves 84 addresses");
    expect(said({ cidr: "10.1.0.0/22", zones: ["a", "c", "d"] }, nodes(3))).toEqual([]);
  });

  it("is one for all clusters and groups, by the type that takes most", () => {
    const groups = {
      nodeGroups: {
        general: group("m7i.large", 2),
        more: { ...group("m7i.large", 1), instanceTypes: ["m7i.large", "m7i.4xlarge"] },
      },
    };
    expect(said({ cidr: "10.1.0.0/22" }, groups, groups)[0]).toContain(
      "leaves 54 addresses in its 2 private subnets, and full node groups take 420 (c0.general 2 x 30, c0.more 1 x 150, c1.general 2 x 30, c1.more 1 x 150)",
    );
  });

  it("has a zone's own subnet alone for groups that are bound to it", () => {
    const bound = (max: number, zones: ("a" | "c" | "d")[]) => ({
      nodeGroups: { general: group("m7i.large", 1), volumes: { ...group("m7i.large", max), zones } },
    });
    const network = { cidr: "10.1.0.0/21", zones: ["a" as const, "c" as const, "d" as const] };
    // 3 x (128 - 5 - 16) addresses.
    expect(said(network, bound(3, ["c"]))).toEqual([]);
    expect(said(network, bound(4, ["c"]))).toEqual([
      "leaves 107 addresses in the private subnet of zone c, to which they are bound, and full node groups take 120 (c0.volumes 4 x 30); take a larger range, fewer or other nodes",
    ]);
    expect(said(network, bound(3, ["a", "c", "d"]))).toEqual([]);
    expect(said(network, bound(4, ["a", "c", "d"]))).toHaveLength(4);
  });

  it("knows that prefixes take more", () => {
    const nodes = { nodeGroups: { general: group("m7i.large", 50) } };
    expect(said({ cidr: "10.1.0.0/18" }, nodes)).toEqual([]);
    expect(said({ cidr: "10.1.0.0/18" }, { ...nodes, prefixDelegation: true })[0]).toContain("50 x 129");
  });
});
