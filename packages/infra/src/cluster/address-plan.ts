import { type NetworkSettings, privateRanges } from "../network/settings";
import { addressesIn } from "../network/ranges";
import type { FullGroup } from "./compute/compute";
import { computeOf } from "./compute/kinds";
import type { ClusterSettings } from "./settings";

/** Addresses of each subnet that AWS keeps: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const KEPT_BY_AWS = 5;
/**
 * Addresses of each subnet that EKS needs to upgrade a cluster: it demands 6 and recommends 16.
 * https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
 */
const KEPT_FOR_EKS = 16;

type Clusters = Readonly<Record<string, ClusterSettings>>;

/**
 * What is wrong where all nodes of all clusters, full of pods, do not find room in the private subnets: in all of them together, or in
 * the one of a zone that groups are bound to. Empty where they do.
 */
export function addressPlanProblems(clusters: Clusters, network: NetworkSettings) {
  const groups = fullGroups(clusters);
  const free = freeByZone(clusters, network);
  const everywhere = groups.map(({ zones, nodes, ...group }) => ({ ...group, nodes: nodes * (zones?.length ?? 1) }));
  const all = [...free.values()].reduce((sum, one) => sum + one, 0);
  const tooMany = [
    ...excess(everywhere, all, `its ${String(free.size)} private subnets`, "a larger range, more zones"),
    ...[...free].flatMap(([zone, room]) => {
      const bound = groups.filter(({ zones }) => zones?.includes(zone));
      return excess(bound, room, `the private subnet of zone ${zone}, to which they are bound`, "a larger range");
    }),
  ];
  const path = ["network", network.kind === "existing" ? "subnets" : "cidr"];
  return tooMany.map((message) => ({ code: "custom" as const, path, message }));
}

/** Those of all clusters, named after them: `a.general`. */
function fullGroups(clusters: Clusters): FullGroup[] {
  return Object.entries(clusters).flatMap(([id, { compute }]) =>
    computeOf(compute).fullGroups.map((group) => ({ ...group, name: `${id}.${group.name}` })),
  );
}

/** Addresses that each zone's private subnet has for nodes and pods, by the zone's letter. */
function freeByZone(clusters: Clusters, network: NetworkSettings): ReadonlyMap<string, number> {
  const endpoints = network.kind === "existing" ? 0 : network.interfaceEndpoints.length;
  const kept = KEPT_BY_AWS + KEPT_FOR_EKS * Object.keys(clusters).length + endpoints;
  const ranges = [...privateRanges(network)];
  return new Map(ranges.map(([zone, range]) => [zone, Math.max(0, addressesIn(range) - kept)]));
}

function excess(groups: readonly Omit<FullGroup, "zones">[], free: number, where: string, take: string): string[] {
  const wanted = groups.reduce((sum, { nodes, each }) => sum + nodes * each, 0);
  if (wanted <= free) return [];
  const parts = groups.map(({ name, nodes, each }) => `${name} ${String(nodes)} x ${String(each)}`).join(", ");
  return [
    `leaves ${String(free)} addresses in ${where}, and full node groups take ${String(wanted)} (${parts}); take ${take}, fewer or other nodes`,
  ];
}
