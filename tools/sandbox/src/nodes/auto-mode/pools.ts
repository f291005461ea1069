import type { InstanceType } from "../../eks-api/account/instances";
import type { Subnet } from "../../eks-api/account/network";
import type { Pod } from "../../controllers/kubernetes/kinds";
import { allocatableOf, mostPods } from "../capacity";
import { filled, fits, type Place } from "../fit";
import { type Taint, wellKnownLabels } from "../node";
import { resources } from "../resources";

/** The label by which Auto Mode's nodes are told from others, and its value. */
export const COMPUTE_TYPE = { "eks.amazonaws.com/compute-type": "auto" } as const;

/** Of the built-in node class (EKS User Guide, "Create a Node Class for Amazon EKS"). */
export const NODE_CLASS_GIB = 80;

/** One of the node pools that EKS Auto Mode brings (EKS User Guide, "Enable or disable built-in node pools"). */
export interface NodePool {
  readonly name: string;
  readonly taints: readonly Taint[];
}

const POOLS: readonly NodePool[] = [
  { name: "system", taints: [{ key: "CriticalAddonsOnly", effect: "NoSchedule" }] },
  { name: "general-purpose", taints: [] },
];

/** Of the many that Auto Mode chooses from, smallest first. */
export const INSTANCE_TYPES = ["m7i.large", "m7i.xlarge", "m7i.2xlarge", "m7i.4xlarge", "m7i.8xlarge"] as const;

/** The pools of a cluster, by their names. Pods that tolerate the taint of the one for add-ons get there first. */
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
    const free = resources(allocatableOf(type, NODE_CLASS_GIB));
    return subnets.map((subnet) => {
      const labels = { ...labelsOf(pool, type), ...wellKnown(type, subnet, region) };
      return { pool, type, subnet, place: { name: "", labels, taints: pool.taints, free, pods: mostPods(type) } };
    });
  });
}

/** What Auto Mode's nodes have beside the labels of every node. */
export function labelsOf({ name }: NodePool, type: InstanceType): Record<string, string> {
  const [family = "", size = ""] = type.name.split(".");
  return {
    ...COMPUTE_TYPE,
    "eks.amazonaws.com/nodeclass": "default",
    "eks.amazonaws.com/instance-category": family.slice(0, 1),
    "eks.amazonaws.com/instance-family": family,
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
