import type { InstanceType } from "../../eks-api/account/instances";
import type { Subnet } from "../../eks-api/account/network";
import type { Pod } from "../../controllers/kubernetes/kinds";
import { allocatableOf, mostPods } from "../capacity";
import { filled, fits, holds, type Place } from "../fit";
import { type Taint, wellKnownLabels } from "../node";
import type { NodePoolObject } from "./kinds";
import { resources } from "../resources";

/** The label by which Auto Mode's nodes are told from others, and its value. */
export const COMPUTE_TYPE = { "eks.amazonaws.com/compute-type": "auto" } as const;

/** A pool of nodes that pods can get one of. */
export interface NodePool {
  readonly name: string;
  readonly nodeClass: string;
  /** Pools of more weight come first. */
  readonly weight: number;
  readonly taints: readonly Taint[];
  /** What labels its nodes must have. */
  readonly requirements: NodePoolObject["spec"]["template"]["spec"]["requirements"];
  /** The most that all its nodes have together: cores, and bytes of memory. */
  readonly limits: { readonly cpu: number; readonly memory: number };
  /** Milliseconds after which an empty node goes. */
  readonly consolidateAfter: number;
  readonly diskGib: number;
  /** @default the cluster's private ones */
  readonly subnetIds?: readonly string[];
  /** @default the cluster's */
  readonly securityGroupIds?: readonly string[];
  /** Tags of its instances, beside EKS's. */
  readonly tags: Readonly<Record<string, string>>;
}

/** What EKS's own pools have alike (EKS User Guide, "Create a Node Class for Amazon EKS" and "Enable or disable built-in node pools"). */
const own = {
  ...{ nodeClass: "default", weight: 0, requirements: [], limits: { cpu: Infinity, memory: Infinity } },
  ...{ consolidateAfter: 30_000, diskGib: 80, tags: {} },
};

const POOLS: readonly NodePool[] = [
  { ...own, name: "system", taints: [{ key: "CriticalAddonsOnly", effect: "NoSchedule" }] },
  { ...own, name: "general-purpose", taints: [] },
];

/** Names of EKS's own pools. */
export const BUILT_IN: ReadonlySet<string> = new Set(POOLS.map(({ name }) => name));

/** Of the many that Auto Mode chooses from, smallest first. */
export const INSTANCE_TYPES = ["m7i.large", "m7i.xlarge", "m7i.2xlarge", "m7i.4xlarge", "m7i.8xlarge"] as const;

/** EKS's own pools of a cluster, by their names. Pods that tolerate the taint of the one for add-ons get there first. */
export function poolsOf(names: readonly string[]): NodePool[] {
  return POOLS.filter(({ name }) => names.includes(name));
}

/** A node that a pool could have, with nothing on it. */
export interface Offer {
  readonly pool: NodePool;
  readonly type: InstanceType;
  readonly subnet: Subnet;
  readonly place: Place;
}

/** All nodes that a pool could have. @param subnets the one to be preferred first @param types smallest first */
export function offersOf(
  pool: NodePool,
  subnets: readonly Subnet[],
  types: readonly InstanceType[],
  region: string,
): Offer[] {
  return types.flatMap((type) => {
    const free = resources(allocatableOf(type, pool.diskGib));
    return subnets.flatMap((subnet) => {
      const labels = { ...labelsOf(pool, type), ...wellKnown(type, subnet, region) };
      if (!pool.requirements.every((requirement) => holds(requirement, labels[requirement.key]))) return [];
      return { pool, type, subnet, place: { name: "", labels, taints: pool.taints, free, pods: mostPods(type) } };
    });
  });
}

/** What Auto Mode's nodes have beside the labels of every node. */
export function labelsOf({ name, nodeClass }: NodePool, type: InstanceType): Record<string, string> {
  const [family = "", size = ""] = type.name.split(".");
  return {
    ...COMPUTE_TYPE,
    "eks.amazonaws.com/nodeclass": nodeClass,
    "eks.amazonaws.com/instance-category": family.slice(0, 1),
    "eks.amazonaws.com/instance-family": family,
    "eks.amazonaws.com/instance-generation": /\d+/.exec(family)?.[0] ?? "",
    "eks.amazonaws.com/instance-size": size,
    "eks.amazonaws.com/instance-cpu": String(type.vcpus),
    "eks.amazonaws.com/instance-memory": String(type.memoryMiB),
    "karpenter.sh/capacity-type": "on-demand",
    "karpenter.sh/nodepool": name,
  };
}

function wellKnown({ architecture, name: instanceType }: InstanceType, { zone }: Subnet, region: string) {
  return wellKnownLabels({ name: "", region, zone, architecture, instanceType });
}

/**
 * The node to make for pods that find no room: the smallest that takes them all, else the one that takes most of them. Undefined
 * when no pool may have any of them.
 */
export function bestOffer(pods: readonly Pod[], offers: readonly Offer[]): Offer | undefined {
  const counted = offers.map((offer) => ({ offer, taken: takenBy(offer.place, pods) }));
  const most = Math.max(0, ...counted.map(({ taken }) => taken));
  return most === 0 ? undefined : counted.find(({ taken }) => taken === most)?.offer;
}

function takenBy(place: Place, pods: readonly Pod[]): number {
  let left = place;
  let taken = 0;
  for (const pod of pods) {
    if (!fits(pod, left)) continue;
    left = filled(left, pod);
    taken++;
  }
  return taken;
}
