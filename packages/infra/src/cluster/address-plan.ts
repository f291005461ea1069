import { type NetworkSettings, privateRanges } from "../network/settings";
import { addressesIn } from "../network/ranges";
import { addressesOfNode } from "./pod-addresses";
import type { ClusterSettings } from "./settings";

/** Addresses of each subnet that AWS keeps: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const KEPT_BY_AWS = 5;
/**
 * Addresses of each subnet that EKS needs to upgrade a cluster: it demands 6 and recommends 16.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const KEPT_FOR_EKS = 16;

type Clusters = Readonly<Record<string, ClusterSettings>>;

/** What is wrong where all nodes of all clusters, full of pods, do not find room in the private subnets. Empty where they do. */
export function addressPlanProblems(clusters: Clusters, network: NetworkSettings) {
  const groups = Object.entries(clusters).flatMap(([id, { nodeGroups, prefixDelegation }]) =>
    Object.entries(nodeGroups).map(([name, { instanceTypes, size, zones }]) => ({
      name: `${id}.${name}`,
      nodes: size.max * (zones?.length ?? 1),
      each: Math.max(...instanceTypes.map((type) => addressesOfNode(type, prefixDelegation))),
    })),
  );
  const wanted = groups.reduce((sum, { nodes, each }) => sum + nodes * each, 0);
  const ranges = privateRanges(network);
  const endpoints = network.kind === "existing" ? 0 : network.interfaceEndpoints.length;
  const kept = KEPT_BY_AWS + KEPT_FOR_EKS * Object.keys(clusters).length + endpoints;
  const free = ranges.reduce((sum, range) => sum + Math.max(0, addressesIn(range) - kept), 0);
  if (wanted <= free) return [];
  const parts = groups.map(({ name, nodes, each }) => `${name} ${String(nodes)} x ${String(each)}`).join(", ");
  return [
    {
      code: "custom" as const,
      path: ["network", network.kind === "existing" ? "subnets" : "cidr"],
      message: `leaves ${String(free)} addresses in its ${String(ranges.length)} private subnets, and full node groups take ${String(wanted)} (${parts}); take a larger range, more zones, fewer or other nodes`,
    },
  ];
}
