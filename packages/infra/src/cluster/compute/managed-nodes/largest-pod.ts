import { DataAwsEc2InstanceType } from "@cdktf/provider-aws/lib/data-aws-ec2-instance-type";
import type { Amounts } from "@demarc/shared/environment";
import { bytes, millicores } from "@demarc/shared/quantity";
import { chosenId } from "@demarc/shared/stack";
import type { Precondition } from "cdktf";
import { Construct } from "constructs";
import type { Cluster } from "../../cluster";
import { letsAnyPodIn, type NodeGroupSettings } from "./node-group-settings";

const MIB = 2 ** 20;

/**
 * What is left free of each node for the agents that run on every one: EKS's pod network, kube-proxy, block volumes and identities, and
 * the platform's, such as Fluent Bit. A figure of our own: thousandths of a CPU, and MiB.
 */
const AGENTS = { cpu: 300, memory: 512 };

/** Share of its memory that a machine gives to its pods' node: the hypervisor and the kernel take some. Karpenter reckons so too. */
const MEMORY = 0.925;

/** MiB that a node must have free; below, the kubelet evicts pods. */
const EVICTION = 100;

/** Pods of a node by its addresses; EKS lets it have 110, from 30 vCPUs on 250. */
const PODS =
  "min(type.maximum_network_interfaces * (type.maximum_ipv4_addresses_per_interface - 1) + 2, type.default_vcpus < 30 ? 110 : 250)";

/**
 * What the kubelet of EKS's image leaves of an instance type to pods, in terms of `type`, the type's data source. It keeps 60 thousandths
 * of the first CPU, 10 of the second, 5 each of the next two and 2.5 of every further one, and 255 MiB and 11 more for each pod.
 * https://github.com/awslabs/amazon-eks-ami, nodeadm/internal/kubelet/config.go
 */
const LEFT = {
  cpu: `type.default_vcpus * 1000 - 60 - 10 * min(type.default_vcpus - 1, 1) - 5 * min(max(type.default_vcpus - 2, 0), 2) - 2.5 * max(type.default_vcpus - 4, 0) - ${String(AGENTS.cpu)}`,
  memory: `type.memory_size * ${String(MEMORY)} - 255 - 11 * ${PODS} - ${String(EVICTION + AGENTS.memory)}`,
};

/** Disk that the kubelet leaves to pods, in MiB: it keeps 1 GiB, and evicts pods when a tenth is left (same source). */
function diskLeft(diskGiB: number): number {
  return Math.floor(diskGiB * 1024 * 0.9) - 1024;
}

export interface LargestPodProps {
  readonly cluster: Cluster;
  /** What one pod may request at most. */
  readonly most: Amounts;
  readonly nodeGroups: Readonly<Record<string, NodeGroupSettings>>;
}

/**
 * Holds a cluster's nodes to the largest pod that the environment lets an app ask for. EC2 says what the instance types have: a list here
 * would be old every month.
 */
export class LargestPod extends Construct {
  readonly #types = new Map<string, DataAwsEc2InstanceType>();

  constructor(
    scope: Construct,
    id: string,
    private readonly props: LargestPodProps,
  ) {
    super(scope, id);
    for (const instanceType of new Set(this.#groups.flatMap(([, { instanceTypes }]) => instanceTypes)))
      this.#types.set(instanceType, new DataAwsEc2InstanceType(this, chosenId("type", instanceType), { instanceType }));
  }

  /** A node of one group at least has room for the pod, whichever of the group's types it is. */
  get fitsANode(): Precondition {
    const {
      cluster: { id, name },
      most: { cpu, memory, ephemeralStorage },
    } = this.props;
    const groups = this.#groups.map(([group, { diskGiB, instanceTypes }]) => {
      const types = instanceTypes.map((type) => this.#types.get(type)?.fqn ?? "").join(", ");
      const least = (left: string) => `floor(min([for type in [${types}] : ${left}]...))`;
      const free = { cpu: least(LEFT.cpu), memory: least(LEFT.memory), disk: String(diskLeft(diskGiB)) };
      return {
        fits: `(${free.cpu} >= ${String(millicores(cpu))} && ${free.memory} >= ${String(bytes(memory) / MIB)} && ${free.disk} >= ${String(bytes(ephemeralStorage) / MIB)})`,
        said: `${group} has \${${free.cpu}}m, \${${free.memory}}Mi and ${free.disk}Mi`,
      };
    });
    return {
      condition: `\${${groups.map(({ fits }) => fits).join(" || ")}}`,
      errorMessage: `A pod of cluster ${name} may request ${cpu} of CPU, ${memory} of memory and ${ephemeralStorage} of disk, and no node has that to give: ${groups.map(({ said }) => said).join("; ")}. Give a node group larger instance types or disks in infra's settings, or lower clusters.${id}.compute.largestPod of the environment.`,
    };
  }

  /** Those that any pod may run on: a cluster has one at least. */
  get #groups() {
    return Object.entries(this.props.nodeGroups).filter(([, group]) => letsAnyPodIn(group));
  }
}
