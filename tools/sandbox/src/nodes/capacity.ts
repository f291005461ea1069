import type { InstanceType } from "../eks-api/account/instances";
import { kibibytes } from "./quantity";

const MIB = 2 ** 20;
const GIB = 2 ** 30;

/** Memory that the kubelet keeps for itself before it evicts pods (Amazon Linux 2023's nodeadm). */
const EVICTION_MEMORY = 100 * MIB;

/** Millionths of each core, up to the given one, that are kept for the kubelet (nodeadm). */
const RESERVED_CPU = [
  { upTo: 1, millionths: 60_000 },
  { upTo: 2, millionths: 10_000 },
  { upTo: 4, millionths: 5_000 },
  { upTo: Infinity, millionths: 2_500 },
];

/**
 * How many pods a node can have: the addresses that its network interfaces hold, and two on the host's network; managed node
 * groups take no more than 110, or 250 from 30 vCPUs on (EKS User Guide, "Choosing an optimal Amazon EC2 node instance type").
 */
export function mostPods({ networkInterfaces, addressesPerInterface, vcpus }: InstanceType): number {
  return Math.min(networkInterfaces * (addressesPerInterface - 1) + 2, vcpus < 30 ? 110 : 250);
}

/** What a node of an instance type has, with a root volume of that size. */
export function capacityOf(type: InstanceType, diskGib: number): Record<string, string> {
  return {
    cpu: String(type.vcpus),
    memory: kibibytes(type.memoryMiB * MIB),
    "ephemeral-storage": kibibytes(diskGib * GIB),
    pods: String(mostPods(type)),
  };
}

/**
 * What of it pods can have: what is left is the kubelet's. Of the disk, that keeps 1 GiB and evicts pods at 10 % (nodeadm).
 * @param diskGib size of the root volume. @default unknown, and nothing is said of it
 */
export function allocatableOf(type: InstanceType, diskGib?: number): Record<string, string> {
  const pods = mostPods(type);
  const reserved = (255 + 11 * pods) * MIB + EVICTION_MEMORY;
  return {
    cpu: `${Math.floor(type.vcpus * 1_000 - reservedMillicores(type.vcpus))}m`,
    memory: kibibytes(type.memoryMiB * MIB - reserved),
    ...(diskGib === undefined ? {} : { "ephemeral-storage": kibibytes(diskGib * GIB * 0.9 - GIB) }),
    pods: String(pods),
  };
}

function reservedMillicores(vcpus: number): number {
  let millionths = 0;
  let counted = 0;
  for (const range of RESERVED_CPU) {
    const upTo = Math.min(range.upTo, vcpus);
    millionths += Math.max(0, upTo - counted) * range.millionths;
    counted = Math.max(counted, upTo);
  }
  return millionths / 1_000;
}
